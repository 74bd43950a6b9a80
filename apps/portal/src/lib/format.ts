import { currentLocale } from '@posthorn/ui'

export function formatShare(share: number): string {
  return new Intl.NumberFormat(currentLocale(), {
    style: 'percent',
    maximumFractionDigits: 1,
    // 9,999 of 10,000 is not all of it.
    roundingMode: 'floor',
  }).format(share)
}

/** Where a step of a chart begins, short. */
export function formatStep(moment: number): string {
  return new Intl.DateTimeFormat(currentLocale(), {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(moment))
}

/** A day of UTC. */
export function formatDay(moment: number): string {
  return new Intl.DateTimeFormat(currentLocale(), {
    month: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(moment))
}

export function formatTimeOfDay(moment: number): string {
  return new Intl.DateTimeFormat(currentLocale(), { hour: '2-digit', minute: '2-digit' }).format(
    new Date(moment),
  )
}
