import * as z from 'zod'

// The wire's type is an unsigned 16-bit integer.
const MAX_PER_SECOND = 65_535

/** Messages per second. */
export const ThrottleRate = z.int().min(1).max(MAX_PER_SECOND)

/** In a PATCH 0 means no limit, as null does. */
export const ThrottleRatePatch = z.int().min(0).max(MAX_PER_SECOND)

export const ThrottleRateOut = z.int()
