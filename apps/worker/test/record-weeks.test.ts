import { type AttemptRow, recordAttempts } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import { describe, expect, it } from 'vitest'
import { loseDelivery } from './lose-delivery.ts'
import { startPipeline } from './pipeline.ts'

const DAY_MS = 86_400_000

type Told = Pick<AttemptRow, 'messageId' | 'endpointId' | 'appId' | 'leaseToken'>

const delivered = (told: Told): AttemptRow => ({
  ...told,
  attemptId: newId('atmpt_', Date.now()),
  trigger: 'scheduled',
  number: 1,
  success: true,
  code: null,
  params: null,
  url: 'https://example.com/',
  responseStatus: 200,
  responseBody: null,
  responseHeaders: null,
  durationMs: 1,
  timing: null,
  status: 'delivered',
  retryInSeconds: null,
  lost: false,
  counts: true,
  blames: false,
  holdSeconds: null,
  taskId: null,
  actor: null,
  eventType: 'invoice.paid',
  mark: 0,
})

describe('attempts of two weeks that are recorded together, one of which retention dropped', () => {
  it('count where their week is there, with what is written beside them', async () => {
    await using pipeline = await startPipeline()
    const { db, app } = pipeline
    const endpointId = await pipeline.addEndpoint('http://127.0.0.1:9/')
    await pipeline.stopWorker()
    const messageId = await pipeline.publish()
    const leaseToken = await loseDelivery(pipeline, messageId)
    const told = { messageId, endpointId, appId: app.appId, leaseToken }
    const kept = delivered(told)
    const dropped = delivered({ ...told, messageId: newId('msg_', Date.now() - 300 * DAY_MS) })
    const { fenced } = await recordAttempts(db.hot, [kept, dropped], {
      endedLeases: [leaseToken],
      breakerAfterSeconds: 60,
      breakerMinFailures: 20,
      alongside: {
        attemptIds: new Set([kept.attemptId, dropped.attemptId]),
        async write(client, attemptIds) {
          for (const attemptId of attemptIds)
            await client.query('INSERT INTO asked_disabling VALUES ($1, $2)', [
              attemptId,
              endpointId,
            ])
        },
      },
    })
    expect([...fenced]).toEqual([dropped.attemptId])
    expect(await pipeline.deliveryOf(messageId)).toMatchObject({ status: 'delivered', attempts: 1 })
    expect(await db.prisma.askedDisabling.findMany()).toEqual([
      { attemptId: kept.attemptId, endpointId },
    ])
  })
})
