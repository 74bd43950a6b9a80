import { type Config, secondsSetting } from '../config.ts'
import { type Refusal, refuse } from '../verification.ts'
import type { TimestampRule, TimestampUnit } from './signed-scheme.ts'

// RFC 3339 with seconds; vendors send up to nanoseconds.
const isoForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)$/

/** Milliseconds since 1970, or undefined for text of another form. The unit is never guessed. */
export function parseTimestamp(text: string, unit: TimestampUnit): number | undefined {
  if (unit === 'iso') {
    const at = isoForm.test(text) ? Date.parse(text.replace(/(\.\d{3})\d+/, '$1')) : Number.NaN
    return Number.isNaN(at) ? undefined : at
  }
  if (!/^\d{1,14}$/.test(text)) return undefined
  return unit === 's' ? Number(text) * 1000 : Number(text)
}

/** Refuses what is too old, and what is from the future: its replay would stay good for longer. */
export function checkAge(
  atMs: number,
  now: Date,
  tolerance: number | { pastSeconds: number; futureSeconds: number },
): Refusal | undefined {
  const ageSeconds = Math.trunc((now.getTime() - atMs) / 1000)
  const side = ageSeconds > 0 ? 'pastSeconds' : 'futureSeconds'
  const allowed = typeof tolerance === 'number' ? tolerance : tolerance[side]
  if (Math.abs(ageSeconds) <= allowed) return undefined
  const apart = `${Math.abs(ageSeconds)} s; at most ${allowed} s are allowed.`
  return ageSeconds > 0
    ? refuse('timestamp_too_old', `The timestamp lies behind by ${apart}`)
    : refuse('timestamp_too_new', `The timestamp lies ahead by ${apart}`)
}

/** The source's own tolerance, under our name or the SDK's, or else the row's. */
export function toleranceOf(rule: TimestampRule, config: Config): number {
  return (
    secondsSetting(config, 'toleranceSeconds') ??
    secondsSetting(config, 'timestampGraceSeconds') ??
    rule.toleranceSeconds
  )
}
