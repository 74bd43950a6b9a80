import { describe, expect, it } from 'vitest'
import { firstIdAt, idTimeMs, isId, newId } from './ids.ts'

const AT = Date.UTC(2026, 10, 25, 9, 0, 0, 128)

describe('ids', () => {
  it('has the prefix and 27 base62 characters', () => {
    expect(newId('msg_', AT)).toMatch(/^msg_[0-9A-Za-z]{27}$/)
  })

  it('keeps the instant to 4 ms', () => {
    expect(idTimeMs('msg_', newId('msg_', AT))).toBe(AT)
    expect(idTimeMs('msg_', newId('msg_', AT + 3))).toBe(AT)
  })

  it('sorts by time as text', () => {
    const ids = [0, 4, 999, 1000, 86_400_000, 31_536_000_000].map((ms) => newId('app_', AT + ms))
    expect(ids.toSorted()).toEqual(ids)
  })

  it('puts every id of an instant at or after the first one of it', () => {
    for (let i = 0; i < 1000; i++) {
      expect(newId('msg_', AT) >= firstIdAt('msg_', AT)).toBe(true)
      expect(newId('msg_', AT) < firstIdAt('msg_', AT + 4)).toBe(true)
    }
  })

  it('refuses other prefixes, other lengths, other alphabets and values above the largest', () => {
    expect(isId('app_', newId('msg_', AT))).toBe(false)
    expect(isId('msg_', `${newId('msg_', AT)}0`)).toBe(false)
    expect(isId('msg_', `msg_${'-'.repeat(27)}`)).toBe(false)
    expect(isId('msg_', `msg_${'z'.repeat(27)}`)).toBe(false)
  })

  it('gives different ids within one instant', () => {
    expect(new Set(Array.from({ length: 2000 }, () => newId('ep_', AT))).size).toBe(2000)
  })
})
