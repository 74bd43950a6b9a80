import { ensurePartitions } from '@posthorn/db'
import { seedMessages } from '@posthorn/test-kit'
import { afterEach, describe, expect, it } from 'vitest'
import { setupStaff, type Staff } from './staff-setup.ts'

const DAY_MS = 86_400_000

// It holds for all organisations, so for the tests after it, too.
const resets: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const reset of resets.splice(0)) await reset()
})

async function setup() {
  const staff = await setupStaff()
  const { body: app } = await staff.send('POST', '/app', { body: { name: 'Acme' } })
  const appId = String(app.id)
  const path = `/app/${appId}/retention`
  return {
    ...staff,
    appId,
    path,
    read: async () => (await staff.send('GET', path)).body,
    put: (body: object) => staff.send('PUT', path, { body }),
    preview: (days: number) => staff.send('GET', `${path}/preview?days=${days}`),
  }
}

async function chooseForAll({ core }: Staff, retentionDays: number): Promise<void> {
  const data = { retentionDays, changedBy: 'user:test' }
  await core.db.prisma.installation.upsert({ where: { id: true }, create: data, update: data })
  resets.push(() => core.db.prisma.installation.deleteMany())
}

/** Of 20 days ago: one payload like any, one with a time of its own, one that is gone; and one of today. */
async function seedHistory({ core, orgId }: Staff, appId: string): Promise<void> {
  const client = await core.db.hot.connect()
  await ensurePartitions(client, Date.now() - 28 * DAY_MS)
  client.release()
  const atMs = Date.now() - 20 * DAY_MS
  const payloadExpiresAt = new Date(Date.now() + 10 * DAY_MS)
  await seedMessages(core.db.hot, { appId, orgId }, [
    { atMs },
    { atMs, payloadExpiresAt },
    { atMs, payload: null },
    {},
  ])
}

describe('how long payloads of an application are kept', () => {
  it('is as the installation says, until an owner chooses; it says where from, and is on record', async () => {
    const { owner, join, path, appId, core } = await setup()
    const change = (days: number | null) => owner.call('PUT', path, { body: { days } })
    const asInstallation = {
      days: 90,
      source: 'default',
      applicationDays: null,
      installationDays: 90,
      changedAt: null,
      by: null,
    }
    expect((await owner.call('GET', path)).body).toEqual(asInstallation)
    const { status, body } = await change(14)
    expect(status).toBe(200)
    expect(body).toEqual({
      ...asInstallation,
      days: 14,
      source: 'application',
      applicationDays: 14,
      changedAt: expect.any(String),
      by: { kind: 'staff', name: 'Olive Owner' },
    })
    expect((await (await join('viewer')).call('GET', path)).body).toEqual(body)
    await change(14)
    expect((await change(null)).body).toEqual(asInstallation)
    const records = await core.db.prisma.auditRecord.findMany({
      where: { appId, action: 'application.retention' },
      orderBy: { id: 'asc' },
    })
    expect(records.map(({ changes }) => changes)).toEqual([
      { payloadDays: { from: null, to: 14 } },
      { payloadDays: { from: 14, to: null } },
    ])
  })

  it('is never longer than messages are kept: the refusal names the field and what to do', async () => {
    const bench = await setup()
    const { put, preview, read } = bench
    expect((await put({ days: 90 })).body).toMatchObject({ days: 90, source: 'application' })
    const refused = await put({ days: 91 })
    expect(refused.status).toBe(422)
    expect(refused.body.detail).toEqual([
      expect.objectContaining({
        loc: ['body', 'days'],
        msg: expect.stringMatching(/at most 90.*Choose fewer days, or .*keep messages longer/),
      }),
    ])
    const { status, body } = await preview(91)
    expect([status, body.detail[0].loc]).toEqual([422, ['query', 'days']])
    for (const days of [0, 1.5, '14', 3_651]) expect((await put({ days })).status).toBe(422)
    await put({ days: 60 })
    await chooseForAll(bench, 30)
    expect(await read()).toMatchObject({ days: 30, source: 'console', applicationDays: 60 })
    await chooseForAll(bench, 365)
    expect(await read()).toMatchObject({ days: 60, source: 'application', installationDays: 365 })
    expect((await put({ days: 91 })).body).toMatchObject({ days: 91, source: 'application' })
  })

  it('is lowered by typing a day where payloads would go, which are counted first', async () => {
    const bench = await setup()
    const { put, preview, read, appId, core } = bench
    await seedHistory(bench, appId)
    expect((await preview(21)).body).toMatchObject({ payloads: 0, confirmation: null })
    const { body } = await preview(14)
    expect(body).toMatchObject({ days: 14, currentDays: 90, payloads: 1, isCapped: false })
    expect(body.confirmation).toBe(body.emptiedBefore.slice(0, 10))
    expect(Math.abs(Date.parse(body.emptiedBefore) + 14 * DAY_MS - Date.now())).toBeLessThan(60_000)
    expect(await put({ days: 14 })).toMatchObject({
      status: 400,
      body: { code: 'confirmation_needed', detail: expect.stringContaining(body.confirmation) },
    })
    expect(await put({ days: 14, confirmation: '2020-01-06' })).toMatchObject({
      status: 409,
      body: { code: 'preview_outdated' },
    })
    expect((await read()).days).toBe(90)
    expect((await put({ days: 14, confirmation: body.confirmation })).status).toBe(200)
    // Longer again takes nothing.
    expect((await put({ days: 30 })).body).toMatchObject({ days: 30 })
    const [record] = await core.db.prisma.auditRecord.findMany({
      where: { appId, action: 'application.retention' },
      orderBy: { id: 'asc' },
    })
    expect(record?.changes).toMatchObject({ emptiedTo: { from: null, to: body.confirmation } })
  })

  it('asks for the day also where as many days are chosen as messages are kept, which go by whole weeks', async () => {
    const bench = await setup()
    await seedHistory(bench, bench.appId)
    await chooseForAll(bench, 14)
    expect((await bench.preview(14)).body).toMatchObject({ currentDays: 14, payloads: 1 })
    expect(await bench.put({ days: 14 })).toMatchObject({ status: 400 })
  })

  it('is told to no portal, changed by nobody below an owner, and hidden from other organisations', async () => {
    const { send, as, join, path, appId, apiKey, browser } = await setup()
    const write = { body: { days: 14 } }
    const { body } = await send('POST', `/auth/app-portal-access/${appId}`, { body: {} })
    const portal = as(body.token)
    expect((await portal('GET', path)).status).toBe(403)
    expect((await portal('GET', `${path}/preview`)).status).toBe(403)
    expect((await portal('PUT', path, write)).status).toBe(403)
    for (const role of ['support', 'admin'] as const) {
      const member = await join(role)
      expect((await member.call('GET', `${path}/preview`)).status).toBe(200)
      expect(await member.call('PUT', path, write)).toMatchObject({
        status: 403,
        body: { detail: 'This needs the role owner.' },
      })
    }
    const reader = as((await apiKey({ scopes: ['read'] })).text)
    expect((await reader('GET', path)).status).toBe(200)
    expect((await reader('PUT', path, write)).status).toBe(403)
    const stranger = await setupStaff()
    for (const operation of [path, `${path}/preview`])
      expect((await stranger.send('GET', operation)).status).toBe(404)
    expect((await stranger.send('PUT', path, write)).status).toBe(404)
    expect((await browser().send('GET', path)).status).toBe(401)
    expect((await send('GET', path)).body.applicationDays).toBeNull()
    const writer = as((await apiKey({ scopes: ['write'] })).text)
    expect((await writer('PUT', path, write)).body).toMatchObject({ days: 14 })
  })
})
