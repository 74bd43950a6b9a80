import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

const ENDPOINTS = 60
/** So few that neither an endpoint nor the host is full before the worker is. */
const MAX_IN_FLIGHT = 4
/** One brings the message, and each look of the sweep may add one. */
const MOST_JOBS = 6

async function jobsMade({ db }: Pipeline): Promise<number> {
  const { rows } = await db.hot.query<{ jobs: number }>(
    `SELECT coalesce(sum(last_value), 0)::int AS jobs FROM pg_sequences
      WHERE schemaname = 'bullmq' AND sequencename LIKE '%job%'`,
  )
  return rows[0]?.jobs ?? Number.NaN
}

describe('a worker that a message to many endpoints fills', () => {
  it('keeps what it took from the queue until there is room, and puts little of it back', async () => {
    await using receiver = await startReceiver()
    await using pipeline = await startPipeline({
      arrangement: 'postgres',
      env: { POSTHORN_MAX_IN_FLIGHT: `${MAX_IN_FLIGHT}` },
    })
    for (let n = 0; n < ENDPOINTS; n++) await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'delivered')
    await waitFor('all of them', async () => (await pipeline.tally())['delivered'] === ENDPOINTS)
    expect(receiver.of(id)).toHaveLength(ENDPOINTS)
    expect(await jobsMade(pipeline)).toBeLessThanOrEqual(MOST_JOBS)
  })
})
