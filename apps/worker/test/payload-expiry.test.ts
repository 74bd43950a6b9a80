import { forgetExpired } from '@posthorn/db'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

describe('a payload whose own time is over', () => {
  it('is removed, fails what still waits for it, and leaves the others alone', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '600' } })
    const { core, db, publish } = pipeline
    await using receiver = await startReceiver()
    receiver.replies(500)
    await pipeline.addEndpoint(receiver.url)
    const [short, long, kept] = await Promise.all([
      publish('{"n":1}', { payloadRetentionHours: 1 }),
      publish('{"n":2}', { payloadRetentionHours: 3 }),
      publish('{"n":3}'),
    ])
    const isTried = async (id: string) => (await pipeline.attemptsOf(id)).length === 1
    for (const id of [short, long, kept]) await waitFor('its first attempt', () => isTried(id))
    // Two hours later, as far as it goes for a payload.
    await db.hot.query(
      `UPDATE message SET payload_expires_at = payload_expires_at - interval '2 hours'`,
    )
    await forgetExpired(db.hot, { retentionDays: 90, nowMs: core.clock.nowMs() })
    const payloadOf = async (id: string) =>
      (await db.prisma.message.findFirstOrThrow({ where: { id } })).payload
    expect(await Promise.all([short, long, kept].map(payloadOf))).toEqual([
      null,
      '{"n":2}',
      '{"n":3}',
    ])
    receiver.replies(200)
    await db.hot.query(`UPDATE delivery SET next_attempt_at = now() WHERE wait = 'time'`)
    await pipeline.untilStatus(short, 'failed')
    expect((await pipeline.attemptsOf(short)).at(-1)?.code).toBe('payload_expired')
    for (const id of [long, kept]) await pipeline.untilStatus(id, 'delivered')
  })
})
