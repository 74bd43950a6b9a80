import { ensurePartitions } from '@posthorn/db'
import { weekStart } from '@posthorn/db/staff'
import { idTimeMs } from '@posthorn/runtime'
import { seedMessage } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

async function setupMessages() {
  const { core, send, orgId } = await setupApi()
  const { body: app } = await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
  await send('POST', '/event-type', { body: { name: 'invoice.paid', description: '' } })
  const publish = async (more: object = {}) => {
    const body = { eventType: 'invoice.paid', payload: {}, ...more }
    return (await send('POST', '/app/one/msg', { body })).body
  }
  const keptUntil = async (id: string) =>
    (await send('GET', `/app/one/msg/${id}`)).body.payloadKeptUntil
  const gone = async (id: string) => (await send('GET', `/app/one/msg/${id}`)).body.payloadGone
  return { core, send, publish, keptUntil, gone, app: { orgId, appId: String(app.id) } }
}

it('is told of one message: its own time where that is sooner, else the end of its week and the days of all', async () => {
  const { send, publish, keptUntil } = await setupMessages()
  const { id, timestamp } = await publish()
  const publishedAtMs = Date.parse(timestamp)
  const droppedAtMs = weekStart(publishedAtMs) + 7 * DAY_MS + 90 * DAY_MS
  expect(await keptUntil(id)).toBe(new Date(droppedAtMs).toISOString())
  const short = await publish({ payloadRetentionHours: 3 })
  const shortMs = Date.parse(await keptUntil(short.id)) - Date.parse(short.timestamp)
  expect(Math.abs(shortMs - 3 * HOUR_MS)).toBeLessThan(60_000)
  const { data } = (await send('GET', '/app/one/msg')).body
  expect('payloadKeptUntil' in data[0]).toBe(false)
})

it("is by its application's days where the publish says nothing, and by the publish where it does, longer too", async () => {
  const { send, publish, keptUntil } = await setupMessages()
  const daysKept = async (more: object = {}) => {
    const { id, timestamp } = await publish(more)
    return (Date.parse(await keptUntil(id)) - Date.parse(timestamp)) / DAY_MS
  }
  await send('PUT', '/app/one/retention', { body: { days: 14 } })
  expect(await daysKept()).toBeCloseTo(14, 2)
  expect(await daysKept({ payloadRetentionPeriod: 2 })).toBeCloseTo(2, 2)
  expect(await daysKept({ payloadRetentionPeriod: 60 })).toBeCloseTo(60, 2)
  await send('PUT', '/app/one/retention', { body: { days: null } })
  expect(await daysKept()).toBeGreaterThanOrEqual(90)
})

it('is null once the payload is gone', async () => {
  const { core, send, publish, keptUntil } = await setupMessages()
  const [expired, expunged] = [await publish({ payloadRetentionHours: 1 }), await publish()]
  await core.db.hot.query(
    `UPDATE message SET payload_expires_at = now() - interval '1 second' WHERE id = $1`,
    [expired.id],
  )
  expect(await keptUntil(expired.id)).toBeNull()
  await send('DELETE', `/app/one/msg/${expunged.id}/content`)
  expect(await keptUntil(expunged.id)).toBeNull()
})

it('is told, once the payload is gone, by whose rule it went and when', async () => {
  const { core, send, publish, gone } = await setupMessages()
  const [kept, expired, expunged, old] = await Promise.all([
    publish(),
    publish({ payloadRetentionHours: 1 }),
    publish(),
    publish(),
  ])
  expect(await gone(kept.id)).toBeNull()
  const { rows } = await core.db.hot.query<{ at: Date }>(
    `UPDATE message SET payload_expires_at = now() - interval '1 second' WHERE id = $1
     RETURNING payload_expires_at AS at`,
    [expired.id],
  )
  expect(await gone(expired.id)).toEqual({ rule: 'published', at: rows[0]?.at.toISOString() })
  await send('DELETE', `/app/one/msg/${expunged.id}/content`)
  const removed = await gone(expunged.id)
  expect(removed.rule).toBe('removed')
  expect(Math.abs(Date.parse(removed.at) - Date.now())).toBeLessThan(60_000)
  await core.db.hot.query('UPDATE message SET payload = NULL WHERE id = $1', [old.id])
  expect(await gone(old.id)).toEqual({ rule: 'unknown', at: null })
})

it("is never dated by its application's days where these were chosen after its publish, nor laid to somebody", async () => {
  const { core, send, gone, app } = await setupMessages()
  const client = await core.db.hot.connect()
  await ensurePartitions(client, Date.now() - 28 * DAY_MS)
  client.release()
  const choose = (days: number | null) => send('PUT', '/app/one/retention', { body: { days } })
  const id = await seedMessage(core.db.hot, app, { atMs: Date.now() - 20 * DAY_MS, payload: null })
  await choose(14)
  expect(await gone(id)).toEqual({ rule: 'application', at: null })
  await choose(30)
  expect(await gone(id)).toEqual({ rule: 'unknown', at: null })
  await choose(null)
  expect(await gone(id)).toEqual({ rule: 'unknown', at: null })
  await choose(14)
  const publishedAtMs = idTimeMs('msg_', id) ?? 0
  await core.db.prisma.applicationRetention.update({
    where: { appId: app.appId },
    data: { changedAt: new Date(publishedAtMs) },
  })
  const at = new Date(publishedAtMs + 14 * DAY_MS).toISOString()
  expect(await gone(id)).toEqual({ rule: 'application', at })
})

it('was removed where all payloads were before its own end', async () => {
  const { core, send, publish, gone } = await setupMessages()
  const { id } = await publish({ payloadRetentionHours: 1 })
  await send('POST', '/app/one/msg/expunge-all-contents')
  const { id: later } = await publish()
  await core.db.hot.query('UPDATE message SET payload = NULL WHERE id = ANY($1)', [[id, later]])
  expect(await gone(id)).toEqual({ rule: 'removed', at: null })
  expect(await gone(later)).toEqual({ rule: 'unknown', at: null })
})
