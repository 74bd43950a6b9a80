import { expect, it } from 'vitest'
import { RequestWindow } from './request-window.ts'

it('takes 300 in 5 minutes, says when the next may come, and begins anew then', () => {
  const window = new RequestWindow({ requests: 300, seconds: 300 })
  const taken = Array.from({ length: 300 }, () => window.take('a', 1_000))
  expect(taken.every((wait) => wait === 0)).toBe(true)
  expect(window.take('a', 61_000)).toBe(240)
  expect(window.take('b', 61_000)).toBe(0)
  expect(window.take('a', 300_999)).toBe(1)
  expect(window.take('a', 301_000)).toBe(0)
})
