import { type Receiver, startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

const MESSAGES = 500
const WAIT_MS = 5_000
const BUCKET_MS = 100

describe('five hundred messages that fail within a second', () => {
  it(
    'come back spread over more than a second, none early, five seconds later on the average',
    { timeout: 60_000 },
    async () => {
      await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '5' } })
      await using receiver = await startReceiver()
      receiver.replies(503)
      await pipeline.addEndpoint(receiver.url)
      await Promise.all(Array.from({ length: MESSAGES }, () => pipeline.publish()))
      await waitFor('both attempts', () => receiver.requests.length === 2 * MESSAGES, 30_000)
      const pairs = attemptPairs(receiver)
      const waitsMs = pairs.map(([first, second]) => second - first)
      expect(pairs).toHaveLength(MESSAGES)
      expect(Math.min(...waitsMs)).toBeGreaterThan(4_000)
      expect(mean(waitsMs)).toBeGreaterThan(WAIT_MS * 0.8)
      expect(mean(waitsMs)).toBeLessThan(WAIT_MS * 1.2)
      const seconds = pairs.map(([, second]) => second)
      expect(Math.max(...seconds) - Math.min(...seconds)).toBeGreaterThan(1_000)
      expect(fullestBucket(seconds)).toBeLessThanOrEqual(MESSAGES * 0.2)
    },
  )
})

/** When the first and the second request of each message came. */
function attemptPairs(receiver: Receiver): [number, number][] {
  const times = Map.groupBy(receiver.requests, (request) => request.messageId)
  return [...times.values()].map(([first, second, third]) => {
    if (first === undefined || second === undefined || third !== undefined)
      throw new Error('A message was not sent exactly twice.')
    return [first.atMs, second.atMs]
  })
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function fullestBucket(atMs: readonly number[]): number {
  const buckets = Map.groupBy(atMs, (at) => Math.floor(at / BUCKET_MS))
  return Math.max(...[...buckets.values()].map((bucket) => bucket.length))
}
