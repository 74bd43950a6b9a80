import { waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startHangingReceiver } from './hanging-receiver.ts'
import { ARRANGEMENTS, type Pipeline, startPipeline } from './pipeline.ts'
import { untilWorkersBeat } from './workers-beat.ts'

/** Of it a host gets three quarters, over all workers together; an endpoint a half. */
const MAX_IN_FLIGHT = 8
const MAX_PER_HOST = 6
const ENDPOINTS = 4
const MESSAGES = 15

async function codesOf({ db }: Pipeline): Promise<(string | null)[]> {
  const { rows } = await db.hot.query<{ code: string | null }>('SELECT DISTINCT code FROM attempt')
  return rows.map((row) => row.code)
}

describe.concurrent.each(ARRANGEMENTS)('a host that hangs, %s', (arrangement) => {
  it('gets no more at once than a host may, from all workers and for all of its endpoints', async () => {
    await using receiver = await startHangingReceiver(1_900)
    await using pipeline = await startPipeline({
      arrangement,
      env: {
        POSTHORN_MAX_IN_FLIGHT: `${MAX_IN_FLIGHT}`,
        POSTHORN_REQUEST_TIMEOUT: '2',
        POSTHORN_RETRY_SCHEDULE: '0.2,0.2,0.2,0.2,0.2,0.2',
        POSTHORN_BREAKER_AFTER: '0',
      },
    })
    await pipeline.startAnotherWorker()
    for (let n = 0; n < ENDPOINTS; n++) await pipeline.addEndpoint(`${receiver.url}/${n}`)
    await untilWorkersBeat(pipeline, 2)
    const ids = await Promise.all(Array.from({ length: MESSAGES }, () => pipeline.publish()))
    await waitFor('as many as may', () => receiver.mostOpen >= MAX_PER_HOST)
    await waitFor('those after them', () => receiver.requests > 2 * MAX_PER_HOST)
    receiver.recover()
    await waitFor('all of them', async () => {
      const { delivered } = await pipeline.tally()
      return delivered === ids.length * ENDPOINTS
    })
    expect(receiver.mostOpen).toBe(MAX_PER_HOST)
    // What waits for a connection of its own is told from what an answer was waited for.
    expect(await codesOf(pipeline)).not.toContain('connect_timeout')
  })
})

describe('a lane whose host is full', () => {
  it('is not looked at before there is room, and then goes on', async () => {
    await using pipeline = await startPipeline({
      arrangement: 'postgres',
      env: { POSTHORN_MAX_IN_FLIGHT: `${MAX_IN_FLIGHT}` },
    })
    await using receiver = await startHangingReceiver(14_000)
    for (let n = 0; n < ENDPOINTS; n++) await pipeline.addEndpoint(`${receiver.url}/${n}`)
    await Promise.all(Array.from({ length: MESSAGES }, () => pipeline.publish()))
    const all = MESSAGES * ENDPOINTS
    await waitFor('the rest in their lanes', async () => {
      const { rowCount } = await pipeline.db.hot.query(`SELECT FROM delivery WHERE wait = 'turn'`)
      return rowCount === all - MAX_PER_HOST
    })
    // The worker knows the host of each of them once it has looked at it.
    await untilWorkersBeat(pipeline, 1)
    const before = await statesOf(pipeline)
    await untilWorkersBeat(pipeline, 1)
    expect(await statesOf(pipeline)).toEqual(before)
    receiver.recover()
    await waitFor('all of them', async () => (await pipeline.tally())['delivered'] === all)
  })
})

/** Who wrote each lane's row last, and who locked it. */
async function statesOf({ db }: Pipeline): Promise<unknown[]> {
  const { rows } = await db.hot.query(
    'SELECT endpoint_id, xmin::text, xmax::text FROM endpoint_state ORDER BY 1',
  )
  return rows
}
