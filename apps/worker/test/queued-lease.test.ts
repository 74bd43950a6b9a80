import { disableEndpoint } from '@posthorn/core'
import { readQueueHealth, setEndpointRate } from '@posthorn/db'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import type { Pipeline } from './pipeline.ts'
import { QUEUES } from './queues.ts'
import { watchRate } from './watch-rate.ts'

async function publishMany(pipeline: Pipeline, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => pipeline.publish()))
}

/** Whether the delivery is still as the publish wrote it. */
async function isUntouched(pipeline: Pipeline, messageId: string): Promise<boolean | undefined> {
  const { rows } = await pipeline.db.hot.query<{ same: boolean }>(
    `SELECT d.xmin = m.xmin AS same FROM delivery d JOIN message m ON m.id = d.message_id WHERE m.id = $1`,
    [messageId],
  )
  return rows[0]?.same
}

async function countRescued(pipeline: Pipeline): Promise<number> {
  const { rows } = await pipeline.db.hot.query<{ count: number }>(
    'SELECT coalesce(sum(deliveries), 0)::int AS count FROM lease_rescue',
  )
  return rows[0]?.count ?? Number.NaN
}

describe.each(QUEUES)('what is published for another process to send, on $name', ({ open }) => {
  it('is taken over without a change to its row', async () => {
    await using bundle = await open({ POSTHORN_REQUEST_TIMEOUT: '2' })
    const { pipeline } = bundle
    await using receiver = await startReceiver()
    receiver.replies('hang', 200)
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor('the request', () => receiver.of(id).length === 1)
    expect(await isUntouched(pipeline, id)).toBe(true)
  })

  it('is due when its lease ends, if its job was lost, and has spent no attempt', async () => {
    await using bundle = await open()
    const { pipeline, hasJobs, emptyQueue } = bundle
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    await pipeline.stopWorker()
    const id = await pipeline.publish()
    await waitFor('its job', hasJobs)
    await emptyQueue()
    await pipeline.startAnotherWorker()
    await pipeline.untilStatus(id, 'delivered')
    expect(receiver.requests).toHaveLength(1)
    expect(await pipeline.deliveryOf(id)).toMatchObject({ attempts: 1 })
    expect(await countRescued(pipeline)).toBe(0)
  })

  it('keeps to a limit that was set while its job waited', async () => {
    await using bundle = await open()
    const { pipeline } = bundle
    await using receiver = await startReceiver()
    const endpointId = await pipeline.addEndpoint(receiver.url)
    await pipeline.stopWorker()
    await publishMany(pipeline, 25)
    await pipeline.db.prisma.$transaction((tx) => setEndpointRate(tx, { endpointId, rate: 10 }))
    await using rate = watchRate(receiver, 10, pipeline.db.hot)
    await pipeline.startAnotherWorker()
    await waitFor('all of them', () => receiver.requests.length === 25)
    expect(rate.most()).toBeLessThanOrEqual(rate.allowed())
  })

  it('is canceled, not sent, when its endpoint was disabled while its job waited', async () => {
    await using bundle = await open()
    const { pipeline } = bundle
    await using receiver = await startReceiver()
    const endpointId = await pipeline.addEndpoint(receiver.url)
    await pipeline.stopWorker()
    const id = await pipeline.publish()
    await disableEndpoint(pipeline.core, pipeline.scope, { endpointId, by: 'staff' })
    await pipeline.startAnotherWorker()
    await pipeline.untilStatus(id, 'canceled')
    expect(await pipeline.deliveryOf(id)).toMatchObject({ cause: 'endpoint_disabled' })
    expect(receiver.requests).toEqual([])
  })

  it('is told to be overdue where its job was lost and no worker is there', async () => {
    await using bundle = await open()
    const { pipeline } = bundle
    await pipeline.addEndpoint('http://127.0.0.1:9/hook')
    await pipeline.stopWorker()
    await publishMany(pipeline, 3)
    const waiting = await readQueueHealth(pipeline.db.prisma)
    expect(waiting).toMatchObject({ due: 0, oldestDueAt: null, inFlight: 0, lostLeases: 0 })
    await pipeline.db.hot.query(`UPDATE lease SET expires_at = now() - interval '1 minute'`)
    const overdue = await readQueueHealth(pipeline.db.prisma)
    expect(overdue).toMatchObject({ due: 3, inFlight: 0, lostLeases: 0 })
    expect(overdue.lagP99Seconds).toBeGreaterThanOrEqual(60)
    const sinceMs = overdue.oldestDueAt?.getTime() ?? Number.NaN
    expect(overdue.asOf.getTime() - sinceMs).toBeGreaterThanOrEqual(60_000)
  })

  it('arrives once each where there is more of it than a worker has room for', async () => {
    await using bundle = await open({ POSTHORN_MAX_IN_FLIGHT: '5' })
    const { pipeline } = bundle
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    await pipeline.stopWorker()
    await publishMany(pipeline, 60)
    await pipeline.startAnotherWorker()
    await waitFor('all of them', async () => (await pipeline.tally())['delivered'] === 60)
    expect(receiver.requests).toHaveLength(60)
  })
})
