import { describe, expect, it } from 'vitest'
import { SlidingWindow } from './sliding-window.ts'

describe('SlidingWindow', () => {
  it('lets at most so many through in any stretch of the time, not only in fixed ones', () => {
    const window = new SlidingWindow({ requests: 100, seconds: 10 })
    const taken = Array.from({ length: 4_000 }, (_, n) => n * 10).filter(
      (atMs) => window.take('a', atMs) === 0,
    )
    for (const from of taken)
      expect(taken.filter((atMs) => atMs >= from && atMs < from + 10_000).length).toBeLessThan(101)
    expect(taken).toHaveLength(400)
  })

  it('says when there is room again, and then there is', () => {
    const window = new SlidingWindow({ requests: 2, seconds: 10 })
    expect([window.take('a', 0), window.take('a', 4_000)]).toEqual([0, 0])
    expect(window.take('a', 5_000)).toBe(5)
    expect(window.take('a', 10_000)).toBe(0)
    expect(window.take('a', 10_001)).toBe(4)
  })

  it('counts each alone, and not what it refused', () => {
    const window = new SlidingWindow({ requests: 1, seconds: 10 })
    expect(window.take('a', 0)).toBe(0)
    for (let atMs = 1; atMs < 10_000; atMs += 999) expect(window.take('a', atMs)).toBeGreaterThan(0)
    expect([window.take('b', 9_000), window.take('a', 10_000)]).toEqual([0, 0])
  })
})
