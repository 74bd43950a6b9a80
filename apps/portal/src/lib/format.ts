import { currentLocale } from '@posthorn/ui'

export function formatShare(share: number): string {
  return new Intl.NumberFormat(currentLocale(), {
    style: 'percent',
    maximumFractionDigits: 1,
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

const SPANS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** A length of time, short, in the unit that says most of it. */
export function formatRounded(seconds: number): string {
  const [unit, size] = SPANS.find(([, size]) => seconds >= size) ?? ['second', 1]
  const style = { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(currentLocale(), style).format(seconds / size)
}
