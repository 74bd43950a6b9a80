import { hostname } from 'node:os'
import { recordAttempts } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { loseDelivery } from './lose-delivery.ts'
import { startPipeline } from './pipeline.ts'

describe('a delivery whose worker died', () => {
  it('is sent again at once, and its loss is recorded as an attempt', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '600,600' } })
    await using receiver = await startReceiver()
    receiver.replies(500, 200)
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor('the first attempt', async () => (await pipeline.attemptsOf(id)).length === 1)
    await pipeline.db.hot.query(
      `INSERT INTO worker (id, host, pid, seen_at) VALUES ('dead', 'host-7', 42, now() - interval '1 minute')`,
    )
    await loseDelivery(pipeline, id)
    await waitFor(
      'the delivery',
      async () => (await pipeline.deliveryOf(id))?.status === 'delivered',
    )
    const [refused, lost, taken] = await pipeline.attemptsOf(id)
    expect([refused?.code, lost?.code, taken?.code]).toEqual(['http_500', 'worker_lost', null])
    expect(lost?.timing).toEqual({ worker: 'host-7:42' })
    expect(taken?.timing).toMatchObject({ worker: `${hostname()}:${process.pid}` })
  })

  it('never gets more attempts than its schedule has', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: 'none' } })
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor(
      'the delivery',
      async () => (await pipeline.deliveryOf(id))?.status === 'delivered',
    )
    await loseDelivery(pipeline, id)
    await waitFor('the end', async () => (await pipeline.deliveryOf(id))?.status === 'failed')
    expect(receiver.of(id)).toHaveLength(1)
  })

  it('is fenced off from whoever held it before', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '600,600' } })
    await using receiver = await startReceiver()
    receiver.replies(500, 200)
    const endpointId = await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor('the first attempt', async () => (await pipeline.attemptsOf(id)).length === 1)
    const staleToken = await loseDelivery(pipeline, id)
    await waitFor(
      'the delivery',
      async () => (await pipeline.deliveryOf(id))?.status === 'delivered',
    )
    const attemptId = newId('atmpt_', Date.now())
    const late = {
      messageId: id,
      attemptId,
      endpointId,
      appId: pipeline.app.appId,
      trigger: 'scheduled',
      number: 2,
      success: false,
      code: 'http_500',
      params: null,
      url: receiver.url,
      responseStatus: 500,
      responseBody: null,
      responseHeaders: null,
      durationMs: 1,
      timing: null,
      leaseToken: staleToken,
      status: 'failed',
      retryInSeconds: null,
      lost: false,
      counts: true,
      blames: true,
      holdSeconds: null,
      taskId: null,
      actor: null,
      eventType: 'invoice.paid',
      mark: 0,
    } as const
    const options = { endedLeases: [], breakerAfterSeconds: 60, breakerMinFailures: 20 }
    const { fenced } = await recordAttempts(pipeline.db.hot, [late], options)
    expect([...fenced]).toEqual([attemptId])
    expect((await pipeline.deliveryOf(id))?.status).toBe('delivered')
  })
})

describe('the sweep', () => {
  it('finds what no queue knows of', async () => {
    await using pipeline = await startPipeline({ arrangement: 'postgres' })
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    await pipeline.stopWorker()
    const ids = await Promise.all(Array.from({ length: 50 }, () => pipeline.publish()))
    const jobs = async () => (await pipeline.db.hot.query('SELECT 1 FROM bullmq.job')).rowCount ?? 0
    await waitFor('their jobs', async () => (await jobs()) > 0)
    await pipeline.db.hot.query('TRUNCATE bullmq.job CASCADE')
    await pipeline.startAnotherWorker()
    await waitFor(
      'all of them',
      () => new Set(receiver.requests.map((one) => one.messageId)).size === ids.length,
    )
  })

  it('is taken over within seconds when its leader is frozen', async () => {
    await using pipeline = await startPipeline({ arrangement: 'postgres' })
    await pipeline.db.hot.query(
      `INSERT INTO leader VALUES ('scheduler', 'frozen', now() + interval '4 seconds')
       ON CONFLICT (name) DO UPDATE SET holder = 'frozen', expires_at = now() + interval '4 seconds'`,
    )
    await waitFor(
      'another leader',
      async () => {
        const { rows } = await pipeline.db.hot.query(
          `SELECT holder FROM leader WHERE name = 'scheduler'`,
        )
        return rows[0]?.holder !== 'frozen'
      },
      6_000,
    )
  })
})
