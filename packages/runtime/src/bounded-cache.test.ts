import { expect, test } from 'vitest'
import { BoundedCache } from './bounded-cache.ts'

test('whatever is put in, at most that many entries are kept', () => {
  const cache = new BoundedCache<number, number>(10)
  for (let key = 0; key < 1_000; key++) {
    cache.set(key, key)
    expect(cache.size).toBeLessThanOrEqual(10)
  }
  expect(cache.get(999)).toBe(999)
  expect(cache.get(0)).toBeUndefined()
})

test('what is in use stays while others come and go', () => {
  const cache = new BoundedCache<string, string>(10)
  cache.set('used', 'kept')
  for (let key = 0; key < 1_000; key++) {
    cache.set(`once ${key}`, 'forgotten')
    expect(cache.get('used')).toBe('kept')
  }
})

test('what was deleted or replaced is not found again', () => {
  const cache = new BoundedCache<string, number>(4)
  for (const [at, key] of ['a', 'b', 'c', 'd'].entries()) cache.set(key, at)
  cache.set('a', 10)
  cache.delete('d')
  expect(cache.get('d')).toBeUndefined()
  expect(cache.get('a')).toBe(10)
  cache.clear()
  expect([cache.get('a'), cache.size]).toEqual([undefined, 0])
})
