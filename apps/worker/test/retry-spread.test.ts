import { idTimeMs } from '@posthorn/runtime'
import { type Receiver, startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

const MESSAGES = 500
const WAIT_MS = 5_000
const JITTER = 0.15
const BUCKET_MS = 100
/** An arrival is noted later than it was sent, the first one too. */
const NOTED_LATE_MS = 1_000

describe('five hundred messages that fail within a second', () => {
  it(
    'come back at times that are spread over more than a second, none early',
    { timeout: 60_000 },
    async () => {
      await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '5' } })
      await using receiver = await startReceiver()
      receiver.replies(503)
      await pipeline.addEndpoint(receiver.url)
      await Promise.all(Array.from({ length: MESSAGES }, () => pipeline.publish()))
      await waitFor('both attempts', () => receiver.requests.length === 2 * MESSAGES, 30_000)
      expect(Math.min(...waits(receiver))).toBeGreaterThan(WAIT_MS * (1 - JITTER) - NOTED_LATE_MS)
      const planned = await plannedTimes(pipeline)
      expect(planned.every(({ waitMs }) => waitMs >= WAIT_MS * (1 - JITTER))).toBe(true)
      const meanMs = planned.reduce((sum, one) => sum + one.waitMs - one.tookMs, 0) / MESSAGES
      expect(meanMs).toBeGreaterThan(4_000)
      expect(meanMs).toBeLessThan(6_000)
      const times = planned.map(({ atMs }) => atMs)
      expect(times).toHaveLength(MESSAGES)
      expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(1_000)
      expect(fullestBucket(times)).toBeLessThanOrEqual(MESSAGES * 0.2)
    },
  )
})

/** Between the arrivals of the first and the second request of each message. */
function waits(receiver: Receiver): number[] {
  const times = Map.groupBy(receiver.requests, (request) => request.messageId)
  return [...times.values()].map(([first, second, third]) => {
    if (first === undefined || second === undefined || third !== undefined)
      throw new Error('A message was not sent exactly twice.')
    return second.atMs - first.atMs
  })
}

interface PlannedTime {
  readonly atMs: number
  /** From the first attempt's begin, of which it took so much itself. */
  readonly waitMs: number
  readonly tookMs: number
}

/** What the first attempts decided: how late a busy machine then was is no part of it. */
async function plannedTimes(pipeline: Pipeline): Promise<PlannedTime[]> {
  const { rows } = await pipeline.db.hot.query<{ id: string; atMs: number; tookMs: number }>(
    `SELECT id, (extract(epoch FROM next_attempt_at) * 1000)::float8 AS "atMs", duration_ms AS "tookMs"
       FROM attempt WHERE next_attempt_at IS NOT NULL`,
  )
  return rows.map(({ id, ...row }) => ({
    ...row,
    waitMs: row.atMs - (idTimeMs('atmpt_', id) ?? 0),
  }))
}

function fullestBucket(atMs: readonly number[]): number {
  const buckets = Map.groupBy(atMs, (at) => Math.floor(at / BUCKET_MS))
  return Math.max(...[...buckets.values()].map((bucket) => bucket.length))
}
