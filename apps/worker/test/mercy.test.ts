import { disableEndpoint, resendMessage } from '@posthorn/core'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

const publishMany = (pipeline: Pipeline, count: number) =>
  Promise.all(Array.from({ length: count }, () => pipeline.publish()))

describe('the breaker', () => {
  it('stays closed for a few failures, so that they keep the documented schedule', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_BREAKER_AFTER: '0.3' } })
    await using receiver = await startReceiver()
    receiver.replies(500)
    const endpointId = await pipeline.addEndpoint(receiver.url)
    const ids = await publishMany(pipeline, 4)
    await waitFor('the end', async () => (await pipeline.tally())['failed'] === ids.length)
    expect(await pipeline.stateOf(endpointId)).toMatchObject({
      failure_count: 16,
      breaker_opened_at: null,
    })
    expect(receiver.requests).toHaveLength(16)
  })

  it('once open lets one probe through and holds the rest without spending their attempts', async () => {
    await using pipeline = await startPipeline({
      env: { POSTHORN_BREAKER_AFTER: '0.3', POSTHORN_RETRY_SCHEDULE: '0.5,600' },
    })
    await using receiver = await startReceiver()
    receiver.replies(500)
    const endpointId = await pipeline.addEndpoint(receiver.url)
    await publishMany(pipeline, 20)
    await waitFor(
      'the breaker',
      async () => (await pipeline.stateOf(endpointId)).breaker_opened_at !== null,
    )
    await waitFor('quiet', async () => {
      const { rows } = await pipeline.db.hot.query('SELECT 1 FROM lease')
      return rows.length === 0
    })
    const before = receiver.requests.length
    const held = await publishMany(pipeline, 30)
    await waitFor('the probe', () => receiver.requests.length > before)
    const waiting = await Promise.all(held.map((id) => pipeline.deliveryOf(id)))
    const untouched = waiting.filter((one) => one?.wait === 'turn' && one.attempts === 0)
    expect(untouched.length).toBeGreaterThanOrEqual(29)
    expect(receiver.requests.length - before).toBeLessThanOrEqual(2)
  })
})

describe('an endpoint that answers 401 to fifty messages', () => {
  it('stays enabled, and its state says since when it fails', async () => {
    await using pipeline = await startPipeline({
      env: { POSTHORN_BREAKER_AFTER: '0.3', POSTHORN_RETRY_SCHEDULE: '0.5,600' },
    })
    await using receiver = await startReceiver()
    receiver.replies(401)
    const endpointId = await pipeline.addEndpoint(receiver.url)
    await publishMany(pipeline, 50)
    await waitFor(
      'the breaker',
      async () => (await pipeline.stateOf(endpointId)).breaker_opened_at !== null,
    )
    const state = await pipeline.stateOf(endpointId)
    expect(state).toMatchObject({ disabled: false, failing_since: expect.any(Date) })
    expect(await pipeline.tally()).toEqual({ pending: 50 })
  })
})

describe('an endpoint that did nothing but fail for long enough', () => {
  it('is disabled, what waits is canceled, and the operational webhook says so', async () => {
    await using pipeline = await startPipeline({
      env: { POSTHORN_DISABLE_AFTER: '1', POSTHORN_BREAKER_AFTER: '0' },
    })
    await using receiver = await startReceiver()
    await using operator = await startReceiver()
    receiver.replies(401)
    const endpointId = await pipeline.addEndpoint(receiver.url, { retrySchedule: [1, 1, 1, 600] })
    await pipeline.addEndpoint(operator.url, { operational: true })
    await publishMany(pipeline, 5)
    await waitFor('disabling', async () => (await pipeline.stateOf(endpointId)).disabled)
    expect((await pipeline.stateOf(endpointId)).disabled_by).toBe('automatic')
    await waitFor('the operational webhook', () => typesOf(operator).includes('endpoint.disabled'))
    await waitFor('the cancellation', async () => (await pipeline.tally())['pending'] === undefined)
    expect((await pipeline.tally())['canceled']).toBeGreaterThan(0)
  })
})

describe('an endpoint that fails and then succeeds', () => {
  it('has its failures forgotten, and is not disabled for them', async () => {
    await using pipeline = await startPipeline({
      env: { POSTHORN_DISABLE_AFTER: '1', POSTHORN_BREAKER_AFTER: '0' },
    })
    await using receiver = await startReceiver()
    receiver.replies(500)
    const endpointId = await pipeline.addEndpoint(receiver.url, { retrySchedule: [600] })
    await publishMany(pipeline, 9)
    const state = () => pipeline.stateOf(endpointId)
    await waitFor('nine failures', async () => (await state()).failure_count === 9)
    receiver.replies(200)
    await pipeline.untilStatus(await pipeline.publish(), 'delivered')
    expect(await state()).toMatchObject({ failing_since: null, failure_count: 0 })
    // The tenth since the first one, which is more than a second ago by the time of the last.
    receiver.replies(500)
    await pipeline.db.hot.query('SELECT pg_sleep(1)')
    await pipeline.publish()
    await waitFor('one failure', async () => (await state()).failure_count === 1)
    expect(await state()).toMatchObject({ disabled: false, failing_since: expect.any(Date) })
  })
})

function typesOf(receiver: { readonly requests: readonly { readonly body: Buffer }[] }): string[] {
  return receiver.requests.map((request) => {
    const { type } = JSON.parse(request.body.toString('utf8')) as { type: string }
    return type
  })
}

describe('operational webhooks about a message', () => {
  it('tell that it keeps failing, and that it is given up', async () => {
    await using pipeline = await startPipeline({
      env: { POSTHORN_RETRY_SCHEDULE: '0.1,0.1,0.1,0.1' },
    })
    await using receiver = await startReceiver()
    await using operator = await startReceiver()
    receiver.replies(500)
    await pipeline.addEndpoint(receiver.url)
    await pipeline.addEndpoint(operator.url, { operational: true })
    const id = await pipeline.publish()
    await waitFor('both', () => operator.requests.length === 2)
    expect(typesOf(operator)).toEqual(['message.attempt.failing', 'message.attempt.exhausted'])
    const [first] = operator.requests
    expect(JSON.parse(first?.body.toString('utf8') ?? '')).toMatchObject({ data: { msgId: id } })
  })

  it('tell that it got through after all', async () => {
    await using pipeline = await startPipeline({
      env: { POSTHORN_RETRY_SCHEDULE: '0.1,0.1,0.1,0.1' },
    })
    await using receiver = await startReceiver()
    await using operator = await startReceiver()
    receiver.replies(500, 500, 500, 500, 200)
    await pipeline.addEndpoint(receiver.url)
    await pipeline.addEndpoint(operator.url, { operational: true })
    await pipeline.publish()
    await waitFor('both', () => operator.requests.length === 2)
    expect(typesOf(operator)).toEqual(['message.attempt.failing', 'message.attempt.recovered'])
  })

  it('never report on themselves', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    await using operator = await startReceiver()
    receiver.replies(500)
    operator.replies(500)
    await pipeline.addEndpoint(receiver.url)
    await pipeline.addEndpoint(operator.url, { operational: true })
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'failed')
    await waitFor('the end of the report', async () => {
      const { rows } = await pipeline.db.hot.query<{ done: boolean }>(
        `SELECT count(*) > 0 AND bool_and(status = 'failed') AS done FROM delivery WHERE app_id = $1`,
        [pipeline.app.operationalAppId],
      )
      return rows[0]?.done === true
    })
    // That it is given up: four attempts, and nothing about those.
    expect(operator.requests).toHaveLength(4)
  })
})

describe('disabling an endpoint with a backlog', () => {
  it('cancels what waits, retries among it, and sends nothing more', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '600' } })
    await using receiver = await startReceiver()
    receiver.replies(500)
    const endpointId = await pipeline.addEndpoint(receiver.url, { rate: 20 })
    const ids = await publishMany(pipeline, 100)
    await waitFor('some', () => receiver.requests.length >= 10)
    // From now on whatever were still sent would be delivered.
    receiver.replies(200)
    const refused = receiver.requests.length
    await disableEndpoint(pipeline.core, pipeline.scope, { endpointId, by: 'staff' })
    const leased = await countLeased(pipeline)
    const sent = receiver.requests.length
    await waitFor('the end', async () => (await pipeline.tally())['pending'] === undefined)
    const { canceled = 0, delivered = 0 } = await pipeline.tally()
    expect(canceled).toBeGreaterThanOrEqual(refused)
    expect(canceled + delivered).toBe(ids.length)
    expect(receiver.requests.length).toBeLessThanOrEqual(sent + leased)
    const { rows } = await pipeline.db.hot.query<{ cause: string }>(
      `SELECT DISTINCT cause FROM delivery WHERE app_id = $1 AND status = 'canceled'`,
      [pipeline.app.appId],
    )
    expect(rows).toEqual([{ cause: 'endpoint_disabled' }])
  })
})

/** Deliveries that a worker was at already. */
async function countLeased({ db }: Pipeline): Promise<number> {
  const { rows } = await db.hot.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM delivery WHERE lease_token IS NOT NULL`,
  )
  return rows[0]?.count ?? 0
}

describe('a resend through core', () => {
  it('asked twice while it waits is one request', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '600' } })
    await using receiver = await startReceiver()
    receiver.replies(500, 200)
    const endpointId = await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor('the first attempt', async () => (await pipeline.attemptsOf(id)).length === 1)
    await pipeline.stopWorker()
    await Promise.all(
      Array.from({ length: 5 }, () =>
        resendMessage({ db: pipeline.db }, pipeline.scope, { message: id, endpoint: endpointId }),
      ),
    )
    await pipeline.startAnotherWorker()
    await pipeline.untilStatus(id, 'delivered')
    expect(receiver.of(id)).toHaveLength(2)
    expect(await pipeline.deliveryOf(id)).toMatchObject({ status: 'delivered', wait: null })
  })
})
