/**
 * One attempt as the rollups count it, in 16 bits: slot × 4 + ended its delivery × 2 + succeeded.
 * Slot 0: no answer. Slot s: an answer within 2^((s-1)/4) to 2^(s/4) ms, so a percentile is right to a tenth.
 */

const SLOTS_PER_DOUBLING = 4
/** The last one holds all that took 46 s and more. */
const LAST_SLOT = 63

export interface AttemptMark {
  readonly slot: number
  readonly success: boolean
  /** It failed, and nothing follows. */
  readonly exhausted: boolean
}

export function trafficMark(attempt: {
  readonly answered: boolean
  readonly durationMs: number
  readonly success: boolean
  readonly exhausted: boolean
}): number {
  const slot = attempt.answered ? slotOf(attempt.durationMs) : 0
  return slot * 4 + Number(attempt.exhausted) * 2 + Number(attempt.success)
}

export function readMark(mark: number): AttemptMark {
  return { slot: mark >> 2, exhausted: (mark & 2) > 0, success: (mark & 1) > 0 }
}

function slotOf(ms: number): number {
  const slot = 1 + Math.floor(SLOTS_PER_DOUBLING * Math.log2(Math.max(1, ms)))
  return Math.min(LAST_SLOT, slot)
}

/** Where a slot begins, in ms; the next one's is where it ends. */
export function slotStartMs(slot: number): number {
  return slot <= 1 ? 0 : 2 ** ((slot - 1) / SLOTS_PER_DOUBLING)
}
