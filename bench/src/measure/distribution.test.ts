import { describe, expect, test } from 'vitest'
import { distributionOf, median, mostInWindow } from './distribution.ts'

describe('distributionOf', () => {
  test('takes percentiles by nearest rank, whatever the order of the values', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(distributionOf(values)).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, max: 100 })
  })

  test('of one value is that value', () => {
    expect(distributionOf([7])).toEqual({ count: 1, p50: 7, p95: 7, p99: 7, max: 7 })
  })
})

describe('median', () => {
  test('is the middle value, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([4, 1, 2, 9])).toBe(3)
  })
})

describe('mostInWindow', () => {
  test('counts the densest second, not the calendar one', () => {
    expect(mostInWindow([0, 900_000, 950_000, 1_800_000, 1_899_999], 1_000_000)).toBe(4)
  })

  test('leaves out an event exactly one width later', () => {
    expect(mostInWindow([0, 1_000_000], 1_000_000)).toBe(1)
  })
})
