import { describe, expect, it } from 'vitest'
import { RefusedError } from '../errors.ts'
import { statsWindow } from './endpoint-stats.ts'

const NOW = Date.UTC(2026, 2, 1)
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000)

describe('statsWindow', () => {
  it('covers the last 28 days unless told otherwise', () => {
    expect(statsWindow({}, NOW).since.getTime()).toBeCloseTo(daysAgo(28).getTime(), -4)
    const window = { since: daysAgo(3), until: daysAgo(1) }
    expect(statsWindow(window, NOW)).toEqual(window)
  })

  it.each([
    ['ends in the future', { until: new Date(NOW + 60_000) }],
    ['is longer than 28 days', { since: daysAgo(29), until: daysAgo(0) }],
    ['begins more than 28 days ago', { since: daysAgo(29) }],
    ['ends before it begins', { since: daysAgo(1), until: daysAgo(2) }],
  ])('refuses a window that %s', (_, window) => {
    expect(() => statsWindow(window, NOW)).toThrow(RefusedError)
  })
})
