import { newId } from '@posthorn/runtime'
import {
  seedAttempts,
  seedEndpoint,
  seedMessages,
  type SeededApplication,
} from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type ReadingBench, setupReading } from './reading-setup.ts'
import { supportOf } from './support-setup.ts'

const HOUR_MS = 3_600_000
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS)

interface Troubled {
  readonly appId?: string
  readonly url: string
  readonly hours: number
  readonly code: string
  readonly disabledBy?: string
  readonly failures?: number
}

async function seedTroubled(bench: ReadingBench, troubled: Troubled): Promise<string> {
  const { appId = bench.app.appId, url, hours, code, disabledBy, failures = 40 } = troubled
  const app = { ...bench.app, appId }
  const id = await seedEndpoint(bench.pool, app, { url })
  await bench.pool.query(
    `UPDATE endpoint_state SET failing_since = $2, failure_count = $3 WHERE endpoint_id = $1`,
    [id, hoursAgo(hours), failures],
  )
  if (disabledBy !== undefined)
    await bench.pool.query(
      `UPDATE endpoint SET disabled = true, disabled_at = now(), disabled_by = $2 WHERE id = $1`,
      [id, disabledBy],
    )
  const [messageId = ''] = await seedMessages(bench.pool, app, [{ atMs: Date.now() - HOUR_MS }])
  await seedAttempts(bench.pool, app, [{ messageId, endpointId: id }])
  await bench.pool.query(`UPDATE attempt SET code = $2 WHERE endpoint_id = $1`, [id, code])
  return id
}

/** Two that wait to be released, and one that was. */
async function seedQuarantine(
  { prisma }: ReadingBench['db'],
  { orgId, appId }: SeededApplication,
): Promise<void> {
  const sourceId = newId('src_', Date.now())
  const none = Buffer.alloc(0)
  const source = { id: sourceId, orgId, appId, name: 'GitHub', type: 'github' }
  await prisma.source.create({ data: { ...source, config: none, secrets: none } })
  const request = { reason: 'bad_signature', detail: '', method: 'POST', path: '/', address: '::1' }
  await prisma.quarantinedRequest.createMany({
    data: [null, null, new Date()].map((releasedAt) => ({
      sourceId,
      id: newId('srcreq_', Date.now()),
      ...request,
      request: none,
      body: none,
      receivedAt: new Date(),
      releasedAt,
    })),
  })
}

describe('an outage', () => {
  it('is one row for one cause behind many endpoints, with those that were disabled for it', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const other = await support.createApplication({ name: 'other' })
    const url = 'https://certificate.example.com/hook'
    for (let n = 0; n < 39; n++) {
      const of = n % 2 ? { appId: other } : {}
      await seedTroubled(bench, { url, hours: 3, code: 'tls_expired', ...of })
    }
    const disabled = { url, hours: 130, code: 'tls_expired', disabledBy: 'automatic' }
    const gone = await seedTroubled(bench, disabled)
    await seedTroubled(bench, { ...disabled, url: `${url}/2`, disabledBy: 'staff' })
    await seedTroubled(bench, { url: 'https://two.example.com/a', hours: 2, code: 'http_404' })
    await seedTroubled(bench, { url: 'https://two.example.com/b', hours: 1, code: 'http_500' })

    const { body } = await support.get('/outage')
    expect(body.data).toMatchObject([
      {
        host: 'certificate.example.com',
        endpoints: 40,
        applications: 2,
        disabled: 1,
        endpointsThere: 41,
        causes: [{ code: 'tls_expired', endpoints: 40, applications: 2, disabled: 1, held: 0 }],
      },
      {
        host: 'two.example.com',
        endpoints: 2,
        causes: expect.arrayContaining([
          expect.objectContaining({ code: 'http_404', endpoints: 1, applications: 1 }),
          expect.objectContaining({ code: 'http_500', endpoints: 1, applications: 1 }),
        ]),
      },
    ])

    const members = await support.get('/outage/endpoint', { host: 'CERTIFICATE.example.com' })
    expect(members.body.data).toHaveLength(40)
    expect(members.body.done).toBe(true)
    expect(members.body.data[0]).toMatchObject({
      endpointId: gone,
      health: 'disabled',
      lastAttempt: { code: 'tls_expired' },
    })
    const first = await support.get('/outage/endpoint', {
      host: 'certificate.example.com',
      limit: '7',
    })
    expect(first.body.data).toHaveLength(7)
    expect(first.body.done).toBe(false)
  })

  it('is there before any of its endpoints has failed five times, once most of a host have nothing but failure', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const failing = { url: 'https://down.example.com/hook', hours: 1, code: 'timeout', failures: 1 }
    for (let n = 0; n < 4; n++) await seedTroubled(bench, failing)
    expect((await support.get('/outage')).body.data).toEqual([])
    await seedTroubled(bench, failing)
    for (let n = 0; n < 4; n++) await seedEndpoint(bench.pool, bench.app, failing)
    const [outage] = (await support.get('/outage')).body.data
    expect(outage).toMatchObject({ host: 'down.example.com', endpoints: 5, endpointsThere: 9 })
    await seedEndpoint(bench.pool, bench.app, failing)
    expect((await support.get('/outage')).body.data).toEqual([])
  })

  it('shows nothing of another organisation', async () => {
    await using bench = await setupReading()
    await using other = await setupReading()
    await seedTroubled(other, { url: 'https://theirs.example.com/', hours: 3, code: 'http_500' })
    const support = await supportOf(bench)
    expect((await support.get('/outage')).body.data).toEqual([])
    const { body } = await support.get('/outage/endpoint', { host: 'theirs.example.com' })
    expect(body.data).toEqual([])
    expect((await support.get('/overview')).body.failing).toBe(0)
  })
})

describe('enabling many endpoints', () => {
  it('takes those of a host that were disabled by themselves, and no others', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const url = 'https://back.example.com/hook'
    const seed = { url, hours: 130, code: 'connection_refused' }
    for (let n = 0; n < 3; n++) await seedTroubled(bench, { ...seed, disabledBy: 'automatic' })
    const byHand = await seedTroubled(bench, { ...seed, disabledBy: 'customer' })

    const { body } = await support.post('/enable', { host: 'back.example.com' })
    expect(body).toEqual({ enabled: 3, hasMore: false })
    const left = await bench.db.prisma.endpoint.findMany({
      where: { orgId: bench.app.orgId, disabled: true },
    })
    expect(left.map((one) => one.id)).toEqual([byHand])
    const audits = await bench.db.prisma.auditRecord.findMany({
      where: { orgId: bench.app.orgId, action: 'endpoint.update' },
    })
    expect(audits).toHaveLength(3)
    expect((await support.get('/outage')).body.data).toEqual([])

    expect((await support.post('/enable', { endpointIds: [byHand] })).body.enabled).toBe(1)
    expect((await support.post('/enable', {})).status).toBe(422)
    const portal = { body: { host: 'back.example.com' }, bearer: await support.portalToken() }
    expect((await support.call('POST', '/support/enable', portal)).status).toBe(403)
  })

  it('goes on with the same call where there are more than go at once', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const url = 'https://crowd.example.com/hook'
    for (let n = 0; n < 201; n++)
      await seedTroubled(bench, { url, hours: 130, code: 'http_500', disabledBy: 'automatic' })
    const host = 'crowd.example.com'
    expect((await support.post('/enable', { host })).body).toEqual({ enabled: 200, hasMore: true })
    expect((await support.post('/enable', { host })).body).toEqual({ enabled: 1, hasMore: false })
  })
})

describe('the overview', () => {
  it('counts what came and what is wrong', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    await seedTroubled(bench, { url: 'https://a.example.com/', hours: 2, code: 'http_500' })
    await seedTroubled(bench, { url: 'https://b.example.com/', hours: 110, code: 'http_500' })
    const disabled = { url: 'https://c.example.com/', hours: 130, code: 'http_500' }
    await seedTroubled(bench, { ...disabled, disabledBy: 'automatic' })
    const now = Array.from({ length: 12 }, () => ({ atMs: Date.now() }))
    await seedMessages(bench.pool, bench.app, now)
    const { status, body } = await support.get('/overview')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      accepted: { count: 12 },
      failing: 2,
      disabledSoon: 1,
      disabledToday: 1,
      rescued: { deliveries: 0, lastAt: null },
      quarantined: 0,
      alertsFiring: 0,
    })
  })

  it('counts what waits in quarantine and which alerts fire, of this organisation alone', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    await using other = await setupReading()
    for (const { app } of [bench, other]) await seedQuarantine(bench.db, app)
    await bench.pool.query(
      `INSERT INTO alert_rule (id, org_id, name, condition, threshold, window_seconds, target_kind, target, firing_since)
       VALUES ($1, $3, 'fires', 'lag', 1, 60, 'email', '', now()), ($2, $3, 'rests', 'lag', 1, 60, 'email', '', NULL)`,
      [newId('alert_', Date.now()), newId('alert_', Date.now()), bench.app.orgId],
    )
    const { body } = await support.get('/overview')
    expect(body).toMatchObject({ quarantined: 2, alertsFiring: 1 })
    const theirs = await supportOf(other)
    const { body: rest } = await theirs.get('/overview')
    expect(rest).toMatchObject({ quarantined: 2, alertsFiring: 0 })
  })
})

describe('recover over the endpoints of an application', () => {
  it('is named like that, and tells which endpoint gets how many', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const url = 'https://app.example.com/hook'
    const id = await seedTroubled(bench, { url, hours: 3, code: 'http_500' })
    const [message] = await bench.db.prisma.attempt.findMany({ where: { endpointId: id } })
    await bench.pool.query(
      `INSERT INTO delivery (message_id, endpoint_id, app_id, trigger, status) VALUES ($1, $2, $3, 'scheduled', 'failed')`,
      [message?.messageId, id, bench.app.appId],
    )
    const asked = { appId: bench.app.appId, since: hoursAgo(24), dryRun: true }
    const { body } = await support.post('/recover', asked)
    expect(body).toMatchObject({
      affectedEndpoints: 1,
      affectedApplications: 1,
      count: 1,
      perEndpoint: [{ endpointId: id, appName: 'seeded', url, count: 1 }],
    })
    await using other = await setupReading()
    const foreign = other.app
    const { body: none } = await support.post('/recover', { ...asked, appId: foreign.appId })
    expect(none).toMatchObject({ endpoints: 0, count: 0 })
  })
})
