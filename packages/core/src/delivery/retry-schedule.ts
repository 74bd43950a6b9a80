import { settingReader } from '@posthorn/runtime'

/**
 * When the next attempt is due, counted from the previous one:
 *
 *   attempt   1          2    3      4       5    6    7     8
 *   wait      at once    5 s  5 min  30 min  2 h  5 h  10 h  10 h
 *
 * Each wait is stretched or shrunk by up to 15 %, so that what failed together doesn't come back together.
 */
export const DEFAULT_RETRY_SCHEDULE: readonly number[] = [
  5, 300, 1800, 7200, 18_000, 36_000, 36_000,
]

const MAX_STEPS = 20
const MAX_STEP_SECONDS = 2_592_000

/** As settings write it: seconds joined by commas, `none`, or nothing for the default. Null: none of these. */
function readRetrySchedule(text: string): readonly number[] | null {
  if (text.trim() === '') return DEFAULT_RETRY_SCHEDULE
  if (text.trim() === 'none') return []
  const steps = text.split(',').map(Number)
  const isFine = steps.every((step) => step >= 0.01 && step <= MAX_STEP_SECONDS)
  return isFine && steps.length <= MAX_STEPS ? steps : null
}

export const retryScheduleSetting = settingReader(
  readRetrySchedule,
  'must be seconds joined by commas (at most 20, each up to 30 days), or none',
)

/** Each wait is longer or shorter by up to this share of it. */
export const RETRY_JITTER = 0.15

/** Seconds until the attempt after number `attemptNumber` (1 = the first), or null when none is left. */
export function retryDelaySeconds(
  schedule: readonly number[],
  attemptNumber: number,
  random: () => number = Math.random,
): number | null {
  const base = schedule[attemptNumber - 1]
  return base === undefined ? null : base * (1 - RETRY_JITTER + 2 * RETRY_JITTER * random())
}
