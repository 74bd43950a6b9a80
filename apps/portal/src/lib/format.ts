import { perLocale } from '@posthorn/ui'

const shareFormat = perLocale(
  (locale) =>
    new Intl.NumberFormat(locale, {
      style: 'percent',
      maximumFractionDigits: 1,
      // 9,999 of 10,000 is not all of it.
      roundingMode: 'floor',
    }),
)
const dayFormat = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' }),
)
const timeOfDayFormat = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }),
)

export function formatShare(share: number): string {
  return shareFormat().format(share)
}

/** A day of UTC. */
export function formatDay(moment: number): string {
  return dayFormat().format(moment)
}

export function formatTimeOfDay(moment: number): string {
  return timeOfDayFormat().format(moment)
}
