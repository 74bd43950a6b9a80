import { formatNumber } from './format-time.ts'

/** As a text's value: what was counted only so far is no number, and reads as `10,000+`. */
export function cappedCount(count: number, isCapped: boolean): number | string {
  return isCapped ? `${formatNumber(count)}+` : count
}
