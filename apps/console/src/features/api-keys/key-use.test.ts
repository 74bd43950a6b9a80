import { describe, expect, it } from 'vitest'
import { isLeftOver } from './key-use.ts'

const NOW = Date.parse('2026-11-26T12:00:00Z')
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString()
const key = { createdAt: daysAgo(400), expiresAt: null, revokedAt: null, lastUsedAt: null }

describe('a key that is left over', () => {
  it('was not used for 90 days, or never since it was made', () => {
    expect(isLeftOver({ ...key, lastUsedAt: daysAgo(91) }, NOW)).toBe(true)
    expect(isLeftOver(key, NOW)).toBe(true)
  })

  it('is none that is in use, new, or over anyway', () => {
    expect(isLeftOver({ ...key, lastUsedAt: daysAgo(89) }, NOW)).toBe(false)
    expect(isLeftOver({ ...key, createdAt: daysAgo(2) }, NOW)).toBe(false)
    expect(isLeftOver({ ...key, expiresAt: daysAgo(1) }, NOW)).toBe(false)
    expect(isLeftOver({ ...key, revokedAt: daysAgo(1) }, NOW)).toBe(false)
  })
})
