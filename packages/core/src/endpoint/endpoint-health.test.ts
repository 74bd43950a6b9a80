import type { EndpointVitals } from '@posthorn/db'
import { describe, expect, it } from 'vitest'
import { decideEndpointHealth } from './endpoint-health.ts'

const NOW = new Date('2026-03-01T12:00:00Z')
const HOUR_MS = 3_600_000

const working: EndpointVitals = {
  endpointId: 'ep_1',
  now: NOW,
  rate: null,
  failingSince: null,
  failureCount: 0,
  breakerOpenedAt: null,
  heldUntil: null,
  waiting: 0,
  oldestTurnAt: null,
  nextTurnAt: null,
  delivered24h: 100,
  failed24h: 0,
  isTried: true,
}
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS)
const DISABLE_AFTER_SECONDS = 120 * 3_600
const healthOf = (vitals: Partial<EndpointVitals>, disabled = false) =>
  decideEndpointHealth({ disabled }, { ...working, ...vitals }, DISABLE_AFTER_SECONDS)

describe('decideEndpointHealth', () => {
  it('calls an endpoint that was never tried new, and one that works healthy', () => {
    expect(healthOf({ isTried: false, delivered24h: 0 })).toBe('new')
    expect(healthOf({})).toBe('healthy')
  })

  it('puts disabled before everything else', () => {
    expect(healthOf({ breakerOpenedAt: NOW, failingSince: hoursAgo(100) }, true)).toBe('disabled')
  })

  it('warns when half of the time to the automatic disabling is over', () => {
    expect(healthOf({ failingSince: hoursAgo(61), failureCount: 10 })).toBe('disabled_soon')
    expect(healthOf({ failingSince: hoursAgo(59), failureCount: 10 })).toBe('failing')
    expect(healthOf({ failingSince: hoursAgo(61), failureCount: 4 })).toBe('healthy')
  })

  it('calls it failing after five failures in a row, with an open breaker, or below 95 % of a day', () => {
    expect(healthOf({ failingSince: NOW, failureCount: 5 })).toBe('failing')
    expect(healthOf({ breakerOpenedAt: NOW })).toBe('failing')
    expect(healthOf({ delivered24h: 18, failed24h: 2 })).toBe('failing')
    expect(healthOf({ delivered24h: 19, failed24h: 1 })).toBe('healthy')
    expect(healthOf({ delivered24h: 9, failed24h: 10 })).toBe('healthy')
  })

  it('calls it rate limited when something waits for its limit for more than a minute', () => {
    const minuteAgo = new Date(NOW.getTime() - 60_001)
    expect(healthOf({ rate: 5, oldestTurnAt: minuteAgo })).toBe('rate_limited')
    expect(healthOf({ rate: null, oldestTurnAt: minuteAgo })).toBe('healthy')
    expect(healthOf({ rate: 5, oldestTurnAt: NOW })).toBe('healthy')
  })
})
