import { formatNumber } from './format-time.ts'

/** What was counted only so far reads as `10,000+`. */
export function cappedText(count: number, isCapped: boolean): string {
  return isCapped ? `${formatNumber(count)}+` : formatNumber(count)
}

/** The same as the value of a text that has forms for it: what was counted only so far is no number. */
export function cappedCount(count: number, isCapped: boolean): number | string {
  return isCapped ? cappedText(count, isCapped) : count
}
