import { trafficMark } from '@posthorn/db'
import { describe, expect, it } from 'vitest'
import { addSlots, latencyOf } from './latency.ts'

function slotsOf(durations: readonly number[]): number[] {
  const slots: number[] = []
  for (const durationMs of durations) {
    const mark = trafficMark({ answered: true, durationMs, success: true, exhausted: false })
    const slot = mark >> 2
    addSlots(slots, [...Array(slot - 1).fill(0), 1])
  }
  return slots
}

describe('latencyOf', () => {
  it('is nothing without answers', () => {
    expect(latencyOf([])).toBeNull()
    expect(latencyOf([0, 0])).toBeNull()
  })

  it.each([
    ['even', Array.from({ length: 1_000 }, (_, n) => n + 1), [500, 950, 990]],
    ['alike', Array(100).fill(120), [120, 120, 120]],
    ['with a slow tail', [...Array(94).fill(20), ...Array(6).fill(4_000)], [20, 4_000, 4_000]],
  ])('comes near the true percentiles when they are %s', (_, durations, expected) => {
    const { p50, p95, p99 } = latencyOf(slotsOf(durations)) ?? { p50: 0, p95: 0, p99: 0 }
    for (const [index, value] of [p50, p95, p99].entries()) {
      const truth = expected[index] ?? 0
      expect(Math.abs(value - truth)).toBeLessThanOrEqual(truth * 0.19)
    }
  })
})
