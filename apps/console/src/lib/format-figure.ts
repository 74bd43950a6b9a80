import { formatNumber, perLocale } from '@posthorn/ui'
import { currentLocale } from './text.ts'

/** What the server counts no further than. */
const COUNTED_TO = 10_000

const clockFormat = perLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }))

function format(value: number, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(currentLocale(), options).format(value)
}

export function formatCount(count: number): string {
  return formatNumber(count)
}

/** Of what is counted up to 10,001. */
export function formatCapped(count: number): string {
  return count > COUNTED_TO ? `${formatNumber(COUNTED_TO)}+` : formatNumber(count)
}

/** The same, as the value of a text that has forms for it. */
export function countToCap(count: number): number | string {
  return count > COUNTED_TO ? formatCapped(count) : count
}

export function formatRate(perSecond: number): string {
  return format(perSecond, { maximumFractionDigits: perSecond < 10 ? 2 : 0 })
}

export function formatShare(share: number): string {
  // Not rounded up: 99.97 % is not all of it.
  const percent = Math.floor(share * 1000) / 1000
  return format(percent, { style: 'percent', maximumFractionDigits: 1 })
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** A length of time in its largest unit. */
export function formatSeconds(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds >= size * 2) ?? ['second', 1]
  const value = seconds / size
  const digits = unit === 'second' && value > 0 && value < 10 ? 1 : 0
  return format(value, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'second' ? 'short' : 'long',
    maximumFractionDigits: digits,
  })
}

export function formatClock(moment: string): string {
  return clockFormat().format(new Date(moment))
}
