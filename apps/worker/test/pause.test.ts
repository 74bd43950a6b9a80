import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { resendMessage } from '@posthorn/core'
import { pauseDeliveries, resumeDeliveries } from '@posthorn/core/staff'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { loseDelivery } from './lose-delivery.ts'
import { ARRANGEMENTS, type Pipeline, startPipeline } from './pipeline.ts'

/** By what each worker says of itself. */
async function untilHeard({ db }: Pipeline, isPaused: boolean): Promise<void> {
  await waitFor(`every worker's paused = ${isPaused}`, async () => {
    const { rows } = await db.hot.query(
      'SELECT count(*) = count(*) FILTER (WHERE is_paused = $1) AND count(*) > 0 AS heard FROM worker',
      [isPaused],
    )
    return rows[0]?.heard === true
  })
}

async function pause(pipeline: Pipeline): Promise<void> {
  await pauseDeliveries(pipeline, pipeline.scope, 'The receivers of Acme are on fire.')
  await untilHeard(pipeline, true)
}

async function resume(pipeline: Pipeline): Promise<void> {
  await resumeDeliveries(pipeline, pipeline.scope)
  await untilHeard(pipeline, false)
}

/** All of them could have gone: they are due or in their turn, no job names them, and every worker has looked since. */
async function untilOverdue({ db, dispatch }: Pipeline, count: number): Promise<void> {
  await waitFor(`${count} overdue`, async () => {
    const { rows } = await db.hot.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM delivery WHERE wait IS NOT NULL AND next_attempt_at <= now()`,
    )
    return rows[0]?.n === count
  })
  await waitFor('an empty queue', () => dispatch.waitingIds() === 0)
  const { rows } = await db.hot.query<{ now: Date }>('SELECT now()')
  await waitFor('a beat of every worker', async () => {
    const since = await db.hot.query<{ ok: boolean }>(
      'SELECT bool_and(seen_at > $1) AS ok FROM worker',
      [rows[0]?.now],
    )
    return since.rows[0]?.ok === true
  })
}

/** Answers when it is told to. */
async function startGate() {
  const held: ServerResponse[] = []
  const server = createServer((req, res) => void req.resume().on('end', () => held.push(res)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    held,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

describe.each(ARRANGEMENTS)('deliveries that are paused, %s', (arrangement) => {
  it('wait and spend no attempt, and go out once each when they are resumed', async () => {
    await using pipeline = await startPipeline({ arrangement })
    await using receiver = await startReceiver()
    await using paced = await startReceiver()
    const endpoint = await pipeline.addEndpoint(receiver.url)
    await pipeline.addEndpoint(paced.url, { rate: 1_000 })
    const before = await pipeline.publish()
    await pipeline.untilStatus(before, 'delivered')
    await pause(pipeline)
    const ids = await Promise.all(Array.from({ length: 40 }, () => pipeline.publish()))
    await resendMessage(pipeline, pipeline.scope, { message: before, endpoint })
    await untilOverdue(pipeline, 2 * ids.length + 1)
    expect(receiver.requests).toHaveLength(1)
    expect(paced.requests).toHaveLength(1)
    expect(await pipeline.tally()).toEqual({ delivered: 2, pending: 2 * ids.length + 1 })
    expect(await pipeline.worker.registry.metrics()).toContain('posthorn_deliveries_paused 1')
    await resume(pipeline)
    for (const id of [before, ...ids]) await pipeline.untilStatus(id, 'delivered')
    for (const id of ids) {
      expect(receiver.of(id)).toHaveLength(1)
      expect(paced.of(id)).toHaveLength(1)
      expect(await pipeline.attemptsOf(id)).toHaveLength(2)
    }
    expect(receiver.of(before)).toHaveLength(2)
    expect(await pipeline.worker.registry.metrics()).toContain('posthorn_deliveries_paused 0')
  })
})

describe('while deliveries are paused', () => {
  it('what is in flight ends, and the retry that follows waits', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_REQUEST_TIMEOUT: '60' } })
    await using gate = await startGate()
    await pipeline.addEndpoint(gate.url)
    const id = await pipeline.publish()
    await waitFor('it in flight', () => gate.held.length === 1)
    await pause(pipeline)
    gate.held[0]?.writeHead(500).end()
    await untilOverdue(pipeline, 1)
    expect(gate.held).toHaveLength(1)
    expect(await pipeline.attemptsOf(id)).toMatchObject([{ code: 'http_500', number: 1 }])
    await resume(pipeline)
    await waitFor('the retry', () => gate.held.length === 2)
    gate.held[1]?.writeHead(200).end()
    await pipeline.untilStatus(id, 'delivered')
    expect(await pipeline.attemptsOf(id)).toHaveLength(2)
  })

  it('a worker that starts begins none, and the one that leads may end', async () => {
    await using pipeline = await startPipeline({ arrangement: 'postgres' })
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    await pause(pipeline)
    const ids = await Promise.all(Array.from({ length: 5 }, () => pipeline.publish()))
    const other = await pipeline.startAnotherWorker()
    expect(await other.registry.metrics()).toContain('posthorn_deliveries_paused 1')
    await pipeline.stopWorker()
    await untilOverdue(pipeline, ids.length)
    expect(receiver.requests).toHaveLength(0)
    await resume(pipeline)
    for (const id of ids) await pipeline.untilStatus(id, 'delivered')
    expect(receiver.requests).toHaveLength(ids.length)
  })

  it('what a worker that died had in flight is rescued once, and waits', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '600,600' } })
    await using receiver = await startReceiver()
    receiver.replies(500, 200)
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor('the first attempt', async () => (await pipeline.attemptsOf(id)).length === 1)
    await pause(pipeline)
    await loseDelivery(pipeline, id)
    await untilOverdue(pipeline, 1)
    const codes = async () => (await pipeline.attemptsOf(id)).map((attempt) => attempt.code)
    expect(await codes()).toEqual(['http_500', 'worker_lost'])
    expect(receiver.requests).toHaveLength(1)
    await resume(pipeline)
    await pipeline.untilStatus(id, 'delivered')
    expect(await codes()).toEqual(['http_500', 'worker_lost', null])
  })

  it('pausing again leaves who paused and why, and resuming twice is resuming', async () => {
    await using pipeline = await startPipeline()
    await pause(pipeline)
    await pauseDeliveries(pipeline, pipeline.scope, 'Another reason.')
    const rows = await pipeline.db.prisma.deliveryPause.findMany()
    expect(rows).toMatchObject([{ reason: 'The receivers of Acme are on fire.' }])
    await resume(pipeline)
    await resumeDeliveries(pipeline, pipeline.scope)
    expect(await pipeline.db.prisma.deliveryPause.count()).toBe(0)
    const records = await pipeline.db.prisma.auditRecord.findMany({ orderBy: { id: 'asc' } })
    expect(records.map(({ action }) => action)).toEqual([
      'installation.deliveries.pause',
      'installation.deliveries.resume',
    ])
  })
})
