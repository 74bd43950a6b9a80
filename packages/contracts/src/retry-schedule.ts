import * as z from 'zod'

/** Seconds after the previous attempt, one entry per retry; null is the installation's default, [] one attempt. */
export const RetrySchedule = z.array(z.int().min(1).max(2_592_000)).max(20)
