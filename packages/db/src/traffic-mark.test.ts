import { describe, expect, it } from 'vitest'
import { readMark, slotStartMs, trafficMark } from './traffic-mark.ts'

const attempt = { answered: true, durationMs: 0, success: true, exhausted: false }

describe('trafficMark', () => {
  it.each([0, 1, 2, 3, 7, 99, 100, 101, 1_000, 14_999, 46_000, 10_000_000])(
    'puts %d ms into the slot that holds it, in 16 bits',
    (durationMs) => {
      const mark = trafficMark({ ...attempt, durationMs })
      expect(mark).toBeLessThan(32_768)
      const { slot } = readMark(mark)
      expect(slotStartMs(slot)).toBeLessThanOrEqual(durationMs)
      if (slot < 63) expect(slotStartMs(slot + 1)).toBeGreaterThan(durationMs)
    },
  )

  it('keeps what came of it', () => {
    expect(readMark(trafficMark(attempt))).toEqual({ slot: 1, success: true, exhausted: false })
    const failed = { answered: false, durationMs: 15_000, success: false, exhausted: true }
    expect(readMark(trafficMark(failed))).toEqual({ slot: 0, success: false, exhausted: true })
  })
})
