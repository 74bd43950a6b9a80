import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

/** Ends every lease: what they hold counts as lost from now on. */
async function expireLeases(pipeline: Pipeline): Promise<void> {
  await pipeline.db.hot.query(`UPDATE lease SET expires_at = now() - interval '1 second'`)
}

async function untilLeased(pipeline: Pipeline, messageId: string): Promise<void> {
  await waitFor('the lease', async () => {
    const { rows } = await pipeline.db.hot.query(
      'SELECT 1 FROM lease WHERE message_ids @> ARRAY[$1]',
      [messageId],
    )
    return rows.length === 1
  })
}

const codesOf = async (pipeline: Pipeline, id: string) =>
  (await pipeline.attemptsOf(id)).map((attempt) => attempt.code)

describe('a worker that is lost', () => {
  it('before its request arrives has the message sent by another, and its own late record counts for nothing', async () => {
    await using pipeline = await startPipeline({
      env: { POSTHORN_RETRY_SCHEDULE: '600,600', POSTHORN_REQUEST_TIMEOUT: '4' },
    })
    await using receiver = await startReceiver()
    receiver.replies('hang', 200)
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor('the request', () => receiver.of(id).length === 1)
    await untilLeased(pipeline, id)
    await expireLeases(pipeline)
    await pipeline.untilStatus(id, 'delivered')
    // The first attempt goes on until its deadline; its record finds another's token.
    await waitFor('the late record', async () => {
      const metrics = await pipeline.worker.registry.metrics()
      return /posthorn_attempts_fenced_total 1/.test(metrics)
    })
    expect(await codesOf(pipeline, id)).toEqual(['worker_lost', null])
    expect(await pipeline.deliveryOf(id)).toMatchObject({ status: 'delivered', attempts: 2 })
  })

  it('twice has the message sent at once only the first time, then on schedule', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '600,600,600' } })
    await using receiver = await startReceiver()
    receiver.replies('hang')
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor('the first request', () => receiver.of(id).length === 1)
    await untilLeased(pipeline, id)
    await expireLeases(pipeline)
    await waitFor('the second request', () => receiver.of(id).length === 2)
    await untilLeased(pipeline, id)
    await expireLeases(pipeline)
    await waitFor('the second loss', async () => (await codesOf(pipeline, id)).length === 2)
    expect(await codesOf(pipeline, id)).toEqual(['worker_lost', 'worker_lost'])
    expect(await pipeline.deliveryOf(id)).toMatchObject({ status: 'pending', wait: 'time' })
    expect(receiver.of(id)).toHaveLength(2)
    await receiver[Symbol.asyncDispose]()
  })

  it('after its record changes nothing: the lease is gone with the record', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'delivered')
    await waitFor('no lease', async () => {
      const { rows } = await pipeline.db.hot.query('SELECT 1 FROM lease')
      return rows.length === 0
    })
    expect(await codesOf(pipeline, id)).toEqual([null])
  })

  it('leaves the other endpoints of the message alone', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '600' } })
    await using healthy = await startReceiver()
    await using hanging = await startReceiver()
    hanging.replies('hang', 200)
    await pipeline.addEndpoint(healthy.url)
    await pipeline.addEndpoint(hanging.url)
    const id = await pipeline.publish()
    await waitFor('both', () => healthy.of(id).length === 1 && hanging.of(id).length === 1)
    await waitFor('its record', async () => (await codesOf(pipeline, id)).length === 1)
    await expireLeases(pipeline)
    await waitFor('the repeat', () => hanging.of(id).length === 2)
    await pipeline.untilStatus(id, 'delivered')
    expect(healthy.of(id)).toHaveLength(1)
    await hanging[Symbol.asyncDispose]()
  })
})

describe('a worker that is stopped in an orderly way', () => {
  it('lets what is in flight end, and leaves no lease', async () => {
    await using pipeline = await startPipeline({ arrangement: 'postgres' })
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    const ids = await Promise.all(Array.from({ length: 100 }, () => pipeline.publish()))
    await waitFor('some', () => receiver.requests.length > 0)
    await pipeline.stopWorker()
    const { rows } = await pipeline.db.hot.query(`SELECT 1 FROM lease WHERE worker <> 'queue'`)
    expect(rows).toEqual([])
    await pipeline.startAnotherWorker()
    await waitFor('all', async () => (await pipeline.tally())['delivered'] === ids.length)
    expect(receiver.requests).toHaveLength(ids.length)
  })
})
