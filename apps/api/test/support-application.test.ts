import { foldTraffic, trafficMark } from '@posthorn/db'
import { seedDeliveries, seedEndpoint, seedMessages } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type ReadingBench, setupReading } from './reading-setup.ts'
import { supportOf } from './support-setup.ts'

const PATH = '/application'

/** Three endpoints, one of which fails and one is disabled, two deliveries that wait, three attempts. */
async function seedBusyApplication(bench: ReadingBench): Promise<void> {
  const { pool, app } = bench
  const healthy = await seedEndpoint(pool, app)
  const failing = await seedEndpoint(pool, app)
  await seedEndpoint(pool, app, { disabled: true })
  await seedEndpoint(pool, app, { deleted: true })
  await pool.query(
    `UPDATE endpoint_state SET failure_count = 5, failing_since = now() WHERE endpoint_id = $1`,
    [failing],
  )
  const nextAttemptAt = new Date(Date.now() + 60_000)
  const messages = await seedMessages(pool, app, [{ atMs: Date.now() }, { atMs: Date.now() }])
  await seedDeliveries(
    pool,
    app,
    messages.map((messageId) => ({
      messageId,
      endpointId: failing,
      status: 'pending',
      nextAttemptAt,
    })),
  )
  const mark = (success: boolean) =>
    trafficMark({ answered: true, durationMs: 5, success, exhausted: false })
  await pool.query(
    `INSERT INTO traffic_delta (app_ids, endpoint_ids, event_types, marks) VALUES ($1, $2, $3, $4)`,
    [
      Array(3).fill(app.appId),
      Array(3).fill(healthy),
      Array(3).fill('invoice.paid'),
      [true, true, false].map(mark),
    ],
  )
  await foldTraffic(pool)
}

describe('the applications, as support lists them', () => {
  it('come newest first, each with how its endpoints are and what became of its day', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    await seedBusyApplication(bench)
    const idle = await support.createApplication({ name: 'Idle', uid: 'idle', throttleRate: 5 })
    const first = await support.get(PATH, { limit: '1' })
    expect(first.body).toMatchObject({
      data: [
        {
          id: idle,
          name: 'Idle',
          uid: 'idle',
          throttleRate: 5,
          endpoints: { total: 0, failing: 0, disabled: 0 },
          waiting: 0,
          waitingCapped: false,
          attempts24h: { succeeded: 0, failed: 0 },
        },
      ],
      done: false,
    })
    const { body } = await support.get(PATH, { limit: '1', iterator: first.body.iterator })
    expect(body).toMatchObject({
      data: [
        {
          id: bench.app.appId,
          endpoints: { total: 3, failing: 1, disabled: 1 },
          waiting: 2,
          waitingCapped: false,
          attempts24h: { succeeded: 2, failed: 1 },
        },
      ],
      done: true,
    })
  })

  it('are found by id, name, uid and what their metadata says, not by what it is called', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const acme = await support.createApplication({
      name: 'The ACME Company',
      uid: 'cust-0815',
      metadata: { crm: 'HubSpot 4711', plan: 'gold' },
    })
    const idsOf = async (query: Record<string, string>) =>
      (await support.get(PATH, query)).body.data.map(({ id }: { id: string }) => id)
    for (const search of ['the acme', 'COMPANY', 'cust-08', '0815', 'hubspot', 'GOLD', acme])
      expect(await idsOf({ search }), search).toEqual([acme])
    for (const search of ['crm', 'metadata', '{}']) expect(await idsOf({ search })).toEqual([])
    expect(await idsOf({ search: 'acme', endpoints: 'failing' })).toEqual([])
    expect(await idsOf({ search: 'acme', endpoints: 'none' })).toEqual([acme])
    const { body } = await support.get('/search', { q: 'hubspot 4711' })
    expect(body.applications).toMatchObject([{ id: acme }])
  })

  it('say that there are more than were asked for by a text', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    for (let n = 0; n < 3; n++) await support.createApplication({ name: `Twin ${n}` })
    const { body } = await support.get(PATH, { search: 'twin', limit: '2' })
    expect(body).toMatchObject({ iterator: null, done: false })
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(['Twin 0', 'Twin 1'])
    expect((await support.get(PATH, { search: 'twin' })).body).toMatchObject({ done: true })
  })

  it.each(['failing', 'disabled', 'none'])('are those with endpoints: %s', async (endpoints) => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    await seedBusyApplication(bench)
    const well = { ...bench.app, appId: await support.createApplication({ name: 'Well' }) }
    await seedEndpoint(bench.pool, well)
    const empty = await support.createApplication({ name: 'Empty' })
    await using other = await setupReading()
    await seedBusyApplication(other)
    const { body } = await support.get(PATH, { endpoints })
    expect(body.done).toBe(true)
    const expected = endpoints === 'none' ? empty : bench.app.appId
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([expected])
  })

  it('are no other organisation’s, and not for a portal token', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    await using other = await setupReading()
    const { body } = await support.get(PATH, { search: other.app.appId })
    expect(body.data).toEqual([])
    expect((await support.get(PATH)).body.data).toHaveLength(1)
    expect((await support.get(PATH, {}, await support.portalToken())).status).toBe(403)
    expect((await support.get(PATH, { search: 'a' })).status).toBe(422)
  })
})
