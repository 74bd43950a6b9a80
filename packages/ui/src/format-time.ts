import { currentLocale, type Locale } from './locale.ts'

const timeFormat = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }),
)
const relativeFormat = perLocale(
  (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }),
)
const stepFormat = perLocale(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    }),
)
const numberFormat = perLocale((locale) => new Intl.NumberFormat(locale))
const pluralRules = perLocale((locale) => new Intl.PluralRules(locale))

/** One for each language, kept: making one costs many times what using it does, and a list has hundreds of values. */
export function perLocale<Format>(make: (locale: Locale) => Format): () => Format {
  const made = new Map<Locale, Format>()
  return () => {
    const locale = currentLocale()
    const format = made.get(locale) ?? make(locale)
    made.set(locale, format)
    return format
  }
}

export function formatTime(moment: string | number): string {
  return timeFormat().format(new Date(moment))
}

/** Where a step of a chart begins, short. */
export function formatStep(momentMs: number): string {
  return stepFormat().format(momentMs)
}

/** The same instant as it reads in UTC, whatever the zone of whoever looks. */
export function formatUtc(moment: string | number): string {
  return `${new Date(moment).toISOString().replace('T', ' ').slice(0, 19)} UTC`
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

const spanFormats = perUnit({ unitDisplay: 'long' })
const roundedFormats = perUnit({ unitDisplay: 'narrow', maximumFractionDigits: 1 })

export function formatRelative(moment: string | number, nowMs: number): string {
  const seconds = Math.round((new Date(moment).getTime() - nowMs) / 1000)
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  return relativeFormat().format(Math.trunc(seconds / size), unit)
}

/** A length of time in the greatest unit that it is a whole number of. */
export function formatSpan(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds % size === 0) ?? ['second', 1]
  return spanFormats[unit]().format(seconds / size)
}

/** The same in the greatest unit that it has one of, short, to a tenth of it. */
export function formatRounded(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? ['second', 1]
  return roundedFormats[unit]().format(seconds / size)
}

function perUnit(style: Intl.NumberFormatOptions) {
  const of = (unit: (typeof UNITS)[number][0]) =>
    perLocale((locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, ...style }))
  return { day: of('day'), hour: of('hour'), minute: of('minute'), second: of('second') }
}

export function formatNumber(value: number): string {
  return numberFormat().format(value)
}

/** Which form of a word goes with so many. */
export function pluralForm(count: number): Intl.LDMLPluralRule {
  return pluralRules().select(count)
}

/** What is left of a time, as hours, minutes and seconds. */
export function formatCountdown(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds))
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(left / 3600)}:${pad(Math.floor(left / 60) % 60)}:${pad(left % 60)}`
}
