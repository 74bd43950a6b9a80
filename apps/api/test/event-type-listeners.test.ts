import { seedEndpoint, seedMessages } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupReading } from './reading-setup.ts'
import { supportOf } from './support-setup.ts'

const LISTENERS = '/event-type/invoice.paid/listeners'

describe('an event type, as support looks at it', () => {
  it('says who chose it, and how many take it because they take every one', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    await support.call('POST', '/event-type', { body: { name: 'invoice.paid', description: '' } })
    expect((await support.get(LISTENERS)).body).toEqual({
      endpoints: 0,
      applications: [],
      applicationCount: 0,
      takeAll: 0,
      isCapped: false,
    })
    const other = await support.createApplication({ name: 'Two of them' })
    const chooses = async (appId: string, eventTypes: string) => {
      const id = await seedEndpoint(bench.pool, { ...bench.app, appId })
      await bench.pool.query(`UPDATE endpoint SET event_types = $2 WHERE id = $1`, [id, eventTypes])
    }
    await chooses(bench.app.appId, '{invoice.paid,invoice.sent}')
    await chooses(bench.app.appId, '{invoice.paid.late}')
    await chooses(bench.app.appId, '{}')
    await chooses(other, '{invoice.paid}')
    await chooses(other, '{invoice.paid}')
    await using foreign = await setupReading()
    const theirs = await seedEndpoint(bench.pool, foreign.app)
    await bench.pool.query(`UPDATE endpoint SET event_types = '{invoice.paid}' WHERE id = $1`, [
      theirs,
    ])
    const seeded = { appId: bench.app.appId, appName: 'seeded', endpoints: 1 }
    expect((await support.get(LISTENERS)).body).toEqual({
      endpoints: 3,
      applications: [{ appId: other, appName: 'Two of them', endpoints: 2 }, seeded],
      applicationCount: 2,
      takeAll: 1,
      isCapped: false,
    })
  })

  it('says how many attempts it made within a day, over all applications of the organisation', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const other = await support.createApplication({ name: 'Two' })
    await using foreign = await setupReading()
    const insert = (appId: string, key: string, hours: number) =>
      bench.pool.query(
        `INSERT INTO traffic_hour (app_id, kind, key, starts_at, success, fail, exhausted, latency)
         VALUES ($1, 'event_type', $2, date_trunc('hour', now()) - make_interval(hours => $3), 5, 2, 0, '{}')`,
        [appId, key, hours],
      )
    await insert(bench.app.appId, 'invoice.paid', 1)
    await insert(bench.app.appId, 'invoice.paid', 2)
    await insert(bench.app.appId, 'invoice.paid', 30)
    await insert(bench.app.appId, 'invoice.sent', 1)
    await insert(other, 'invoice.paid', 1)
    await insert(foreign.app.appId, 'invoice.paid', 1)
    expect((await support.get('/event-type/attempts')).body).toEqual({
      data: [
        { name: 'invoice.paid', succeeded: 15, failed: 6 },
        { name: 'invoice.sent', succeeded: 5, failed: 2 },
      ],
      isPart: false,
    })
    const portal = await support.portalToken()
    expect((await support.get('/event-type/attempts', {}, portal)).status).toBe(403)
  })

  it('is a 404 where there is none, and not for a portal token', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    expect((await support.get('/event-type/nobody.knows/listeners')).status).toBe(404)
    expect((await support.get(LISTENERS, {}, await support.portalToken())).status).toBe(403)
  })

  it('has the messages whose payload broke its schema', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const at = { atMs: Date.now() }
    const [broken = '', right = ''] = await seedMessages(bench.pool, bench.app, [at, at])
    await bench.pool.query(`UPDATE message SET schema_errors = $2 WHERE id = $1`, [
      broken,
      JSON.stringify([{ path: '/id', message: 'must be string' }]),
    ])
    const { data } = await support.wholePage('/message', { status: 'schema_errors' })
    const ids = data.map(({ id }: { id: string }) => id)
    expect(ids).toContain(broken)
    expect(ids).not.toContain(right)
  })
})
