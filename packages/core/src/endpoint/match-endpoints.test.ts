import { describe, expect, it } from 'vitest'
import { matchEndpoints } from './match-endpoints.ts'

function endpoint(eventTypes: string[] | null, channels: string[] | null, disabled = false) {
  return {
    disabled,
    eventTypes: eventTypes && new Set(eventTypes),
    channels: channels && new Set(channels),
  }
}

describe('matchEndpoints', () => {
  it.each([
    ['no filter lets all through', endpoint(null, null), ['a'], true],
    ['the event type has to be listed', endpoint(['other'], null), [], false],
    ['a listed event type passes', endpoint(['user.created'], null), [], true],
    ['a shared channel passes', endpoint(null, ['a', 'b']), ['b'], true],
    ['no shared channel stops', endpoint(null, ['a']), ['b'], false],
    ['a message without channels stops at an endpoint with some', endpoint(null, ['a']), [], false],
    ['a disabled endpoint gets nothing', endpoint(null, null, true), [], false],
  ])('%s', (...[, one, channels, isMatched]) => {
    const { matched } = matchEndpoints([one], { eventType: 'user.created', channels })
    expect(matched.length === 1).toBe(isMatched)
  })

  it.each([
    ['no_endpoints', []],
    ['disabled', [endpoint(null, null, true)]],
    ['event_type', [endpoint(['other'], null), endpoint(null, null, true)]],
    ['channel', [endpoint(['other'], null), endpoint(null, ['x'])]],
  ])('says %s when nothing matches', (why, endpoints) => {
    expect(matchEndpoints(endpoints, { eventType: 'user.created', channels: [] }).unmatched).toBe(
      why,
    )
  })
})
