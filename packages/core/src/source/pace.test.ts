import { expect, it } from 'vitest'
import { Pace } from './pace.ts'

it('lets a burst through, then the rate, and says how long to wait', () => {
  const pace = new Pace({ perSecond: 2, burst: 3 })
  expect([0, 0, 0, 0].map(() => pace.take('a', 0))).toEqual([true, true, true, false])
  expect(pace.wait('a', 0)).toBe(1)
  expect(pace.take('a', 500)).toBe(true)
  expect(pace.take('a', 500)).toBe(false)
  expect(pace.take('b', 500)).toBe(true)
})

it('is scarce while less than half of a burst is left', () => {
  const pace = new Pace({ perSecond: 10, burst: 10 })
  expect(pace.isScarce('a', 0)).toBe(false)
  for (let i = 0; i < 6; i++) pace.take('a', 0)
  expect(pace.isScarce('a', 0)).toBe(true)
  expect(pace.isScarce('a', 100)).toBe(false)
})

it('looks without charging, and charges by a rate of its own', () => {
  const pace = new Pace({ perSecond: 10, burst: 10 })
  for (let i = 0; i < 50; i++) expect(pace.wait('a', 0)).toBe(0)
  for (let i = 0; i < 10; i++) pace.charge('a', 0)
  expect(pace.wait('a', 0)).toBe(1)
  pace.charge('slow', 0, 0.1)
  expect(pace.wait('slow', 0, 0.1)).toBe(10)
})

it('owes no more than a few seconds, however many were looked at before the first was charged', () => {
  const pace = new Pace({ perSecond: 2, burst: 4 })
  for (let i = 0; i < 1_000; i++) pace.charge('a', 0)
  expect(pace.wait('a', 0)).toBeLessThanOrEqual(6)
})
