import { waitFor } from '@posthorn/test-kit'
import { expect } from 'vitest'
import { countArrivals, findUnaccounted, isSettled, type Platform } from './kill-setup.ts'

/** Every accepted message arrived, nothing is left in flight, and no request went without its attempt. */
export async function expectNothingLost(platform: Platform, accepted: ReadonlyMap<number, string>) {
  const ids = [...accepted.values()]
  const missing = () => {
    const arrived = countArrivals(platform.receiver)
    return ids.filter((id) => !arrived.has(id))
  }
  await waitFor('every accepted message', () => missing().length === 0, 90_000)
  await waitFor('every delivery settled', () => isSettled(platform), 90_000)
  expect(await findUnaccounted(platform)).toEqual([])
  // One message per key, however often its publish was repeated.
  const seen = new Map<number, string>()
  for (const { messageId, body } of platform.receiver.requests) {
    const { n } = JSON.parse(body.toString('utf8')) as { n: number }
    expect(seen.get(n) ?? messageId).toBe(messageId)
    seen.set(n, messageId)
  }
}
