import { watchOutages } from '@posthorn/core/support'
import { seedAttempts, seedEndpoint, seedMessages } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type ReadingBench, setupReading } from './reading-setup.ts'
import { supportOf } from './support-setup.ts'

const HOUR_MS = 3_600_000

/** Endpoints at a host that can be made to fail and to work again, and what is told of its outages. */
async function setupHost() {
  const bench = await setupReading()
  const support = await supportOf(bench)
  const other = await support.createApplication({ name: 'other' })
  const beganAt = new Date(Date.now() - 3 * HOUR_MS)
  const fail = (ids: readonly string[]) =>
    bench.pool.query(
      `UPDATE endpoint_state SET failing_since = $2, failure_count = 7 WHERE endpoint_id = ANY ($1)`,
      [ids, beganAt],
    )
  const work = (ids: readonly string[]) =>
    bench.pool.query(
      `UPDATE endpoint_state SET failing_since = NULL, failure_count = 0 WHERE endpoint_id = ANY ($1)`,
      [ids],
    )
  const add = async (host: string, appId = bench.app.appId) => {
    const id = await addTo(bench, { host, appId })
    await fail([id])
    return id
  }
  const past = async (query: Record<string, string> = {}) =>
    (await support.get('/outage/past', query)).body
  const look = () => watchOutages(bench.core)
  return { bench, support, other, beganAt, add, fail, work, past, look }
}

interface Place {
  readonly host: string
  readonly appId: string
}

async function addTo(bench: ReadingBench, { host, appId }: Place): Promise<string> {
  const app = { ...bench.app, appId }
  const id = await seedEndpoint(bench.pool, app, { url: `https://${host}/hook` })
  const [messageId = ''] = await seedMessages(bench.pool, app, [{ atMs: Date.now() - HOUR_MS }])
  await seedAttempts(bench.pool, app, [{ messageId, endpointId: id }])
  await bench.pool.query(`UPDATE attempt SET code = 'tls_expired' WHERE endpoint_id = $1`, [id])
  return id
}

describe('an outage that is over', () => {
  it('is told with how far it went and why, once nothing at its host fails any more', async () => {
    const { other, beganAt, add, work, past, look } = await setupHost()
    const ids = [await add('over.example.com'), await add('over.example.com', other)]
    await look()
    expect((await past()).data).toEqual([])
    const [first = '', second = ''] = ids
    await work([first])
    await look()
    expect((await past()).data).toEqual([])
    const before = Date.now()
    await work([second])
    await look()
    const { data, done } = await past()
    expect(data).toEqual([
      {
        id: expect.stringMatching(/^outage_/),
        host: 'over.example.com',
        beganAt: beganAt.toISOString(),
        endedAt: expect.any(String),
        endpoints: 2,
        applications: 2,
        causes: [{ code: 'tls_expired', endpoints: 2, applications: 2 }],
      },
    ])
    expect(done).toBe(true)
    expect(Date.parse(data[0].endedAt)).toBeGreaterThanOrEqual(before - 1_000)
  })

  it('goes on where the host fails again within ten minutes, and is another one afterwards', async () => {
    const { bench, add, fail, work, past, look } = await setupHost()
    const id = await add('again.example.com')
    const round = async () => {
      await fail([id])
      await look()
      await work([id])
      await look()
    }
    await round()
    const [first] = (await past()).data
    await fail([id])
    await look()
    expect((await past()).data).toEqual([])
    await round()
    expect((await past()).data).toMatchObject([{ id: first.id }])
    const longAgo = `UPDATE outage SET ended_at = now() - interval '11 minutes' WHERE org_id = $1`
    await bench.pool.query(longAgo, [bench.app.orgId])
    await round()
    const { data } = await past()
    expect(data).toHaveLength(2)
    expect(data[1].id).toBe(first.id)
    const page = await past({ limit: '1' })
    expect(page).toMatchObject({ data: [{ id: data[0].id }], done: false })
    const rest = await past({ limit: '1', iterator: page.iterator })
    expect(rest).toMatchObject({ data: [{ id: first.id }], done: true })
  })

  it('is written once by two workers that look at once', async () => {
    const { add, work, past, look } = await setupHost()
    const id = await add('twice.example.com')
    await Promise.all([look(), look()])
    await work([id])
    await Promise.all([look(), look()])
    expect((await past()).data).toHaveLength(1)
  })

  it('is nothing to another organisation, to a portal, and by an iterator of something else', async () => {
    const { add, work, look } = await setupHost()
    const id = await add('theirs.example.com')
    await look()
    await work([id])
    await look()
    const { support, past } = await setupHost()
    expect((await past()).data).toEqual([])
    expect((await support.get('/outage/past', { iterator: 'msg_1' })).status).toBe(422)
    const portal = await support.portalToken()
    expect((await support.get('/outage/past', {}, portal)).status).toBe(403)
  })
})
