import { describe, expect, it } from 'vitest'
import { InvalidInputError } from '../errors.ts'
import { createVault, VAULT_KEY_BYTES } from '../vault.ts'
import { addAuthorization, mergeHeaders, sealHeaders } from './endpoint-headers.ts'

const vault = createVault([new Uint8Array(VAULT_KEY_BYTES)])
const numbered = (count: number, value: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, value]))

describe('mergeHeaders', () => {
  it('replaces, adds and removes by name in any case', () => {
    const before = { 'X-A': '1', 'X-B': '2', 'X-C': '3' }
    const merged = mergeHeaders(before, { 'x-a': '9', 'X-b': null, 'x-d': '4' })
    expect(merged).toEqual({ 'x-a': '9', 'X-C': '3', 'x-d': '4' })
  })

  it('keeps names that objects have by themselves as data', () => {
    const merged = mergeHeaders({}, { constructor: 'x', ...JSON.parse('{"__proto__":"y"}') })
    expect(Object.entries(merged)).toEqual([
      ['constructor', 'x'],
      ['__proto__', 'y'],
    ])
  })
})

describe('sealHeaders', () => {
  it('takes 40 headers and 16 kB, and no more', () => {
    expect(sealHeaders(vault, numbered(40, 'a'))).not.toBeNull()
    expect(() => sealHeaders(vault, numbered(41, 'a'))).toThrow(InvalidInputError)
    expect(sealHeaders(vault, numbered(4, 'a'.repeat(4_093)))).not.toBeNull()
    expect(() => sealHeaders(vault, numbered(4, 'a'.repeat(4_094)))).toThrow(InvalidInputError)
  })

  it('stores nothing for no headers', () => {
    expect(sealHeaders(vault, {})).toBeNull()
  })
})

describe('addAuthorization', () => {
  it('refuses a second, different one', () => {
    expect(addAuthorization({}, 'Basic YTpi')).toEqual({ Authorization: 'Basic YTpi' })
    const same = { authorization: 'Basic YTpi' }
    expect(addAuthorization(same, 'Basic YTpi')).toBe(same)
    expect(() => addAuthorization(same, 'Basic Yzpk')).toThrow(InvalidInputError)
  })
})
