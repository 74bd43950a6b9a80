import { seedDeliveries, seedEndpoint, seedMessage } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type ReadingBench, setupReading } from './reading-setup.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

async function deliveriesOf(bench: ReadingBench, messageId: string) {
  const { rows } = await bench.pool.query(
    `SELECT trigger::text, status::text, wait::text, attempt_count, next_attempt_at, actor, task_id,
            next_attempt_at <= now() AS due
       FROM delivery d WHERE message_id = $1 ORDER BY d.trigger`,
    [messageId],
  )
  return rows
}

describe.each(['svix1', 'svix2'] as const)('resend through %s', (generation) => {
  it('asks for one attempt at once and leaves the schedule alone', async () => {
    await using bench = await setupReading()
    const messageId = await seedMessage(bench.pool, bench.app, { atMs: Date.now() - DAY_MS })
    const endpointId = await seedEndpoint(bench.pool, bench.app, { uid: 'crm' })
    const nextAttemptAt = new Date(Date.now() + HOUR_MS)
    const scheduled = { messageId, endpointId, status: 'pending', attemptCount: 3 } as const
    await seedDeliveries(bench.pool, bench.app, [{ ...scheduled, nextAttemptAt }])
    const [before] = await deliveriesOf(bench, messageId)

    const { messageAttempt } = bench.sdk(generation)
    expect(await messageAttempt.resend(bench.app.appId, messageId, 'crm')).toEqual({})
    const [after, manual] = await deliveriesOf(bench, messageId)
    expect(after).toEqual(before)
    expect(manual).toMatchObject({
      trigger: 'manual',
      status: 'pending',
      wait: 'time',
      attempt_count: 0,
      due: true,
    })
    expect(await bench.audited('message.resend')).toEqual([messageId])
    expect(bench.counts.nudges).toBe(1)
  })
})

describe('resend', () => {
  it('asked for twice is one attempt, and one more after that has ended', async () => {
    await using bench = await setupReading()
    const messageId = await seedMessage(bench.pool, bench.app)
    const endpointId = await seedEndpoint(bench.pool, bench.app)
    const path = `/msg/${messageId}/endpoint/${endpointId}/resend`
    const answers = await Promise.all([1, 2, 3].map(() => bench.request('POST', path)))
    expect(answers.map((one) => [one.status, one.body])).toEqual([1, 2, 3].map(() => [202, {}]))
    expect(await bench.audited('message.resend')).toEqual([messageId])
    await bench.pool.query(
      `UPDATE delivery SET status = 'failed', wait = NULL, next_attempt_at = NULL, attempt_count = 1,
              cause = 'http_500', task_id = 'qtask_x' WHERE message_id = $1`,
      [messageId],
    )
    expect((await bench.request('POST', path)).status).toBe(202)
    expect(await deliveriesOf(bench, messageId)).toMatchObject([
      { trigger: 'manual', status: 'pending', attempt_count: 0, task_id: null, due: true },
    ])
  })

  it('goes past the endpoint: to a disabled one it is refused', async () => {
    await using bench = await setupReading()
    const messageId = await seedMessage(bench.pool, bench.app)
    const endpointId = await seedEndpoint(bench.pool, bench.app, { disabled: true })
    const path = `/msg/${messageId}/endpoint/${endpointId}/resend`
    const { status, body } = await bench.request('POST', path)
    expect([status, body.code]).toEqual([400, 'endpoint_disabled'])
    expect(await deliveriesOf(bench, messageId)).toEqual([])
  })

  it.each([{ payload: null }, { payloadExpiresAt: new Date(Date.now() - HOUR_MS) }])(
    'is refused when the payload is gone (%j)',
    async (seed) => {
      await using bench = await setupReading()
      const messageId = await seedMessage(bench.pool, bench.app, seed)
      const endpointId = await seedEndpoint(bench.pool, bench.app)
      const path = `/msg/${messageId}/endpoint/${endpointId}/resend`
      const { status, body } = await bench.request('POST', path)
      expect([status, body.code]).toEqual([400, 'missing_payload'])
    },
  )

  it('finds nothing of another application, nor what is not there', async () => {
    await using bench = await setupReading()
    const messageId = await seedMessage(bench.pool, bench.app)
    const endpointId = await seedEndpoint(bench.pool, bench.app)
    const deleted = await seedEndpoint(bench.pool, bench.app, { deleted: true })
    const other = await setupReading.foreign(bench)
    const paths = [
      `/msg/${other.messageId}/endpoint/${endpointId}/resend`,
      `/msg/${messageId}/endpoint/${other.endpointId}/resend`,
      `/msg/${messageId}/endpoint/${deleted}/resend`,
      `/msg/nothing/endpoint/${endpointId}/resend`,
    ]
    for (const path of paths) expect((await bench.request('POST', path)).status, path).toBe(404)
    const path = `/msg/${messageId}/endpoint/${endpointId}/resend`
    expect((await bench.request('POST', path, null)).status).toBe(401)
  })
})
