import { foldTraffic, trafficMark } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import { describe, expect, it } from 'vitest'
import type { EndpointBench } from './endpoint-setup.ts'
import { endpointWith, setupTasks } from './task-steps.ts'

const HOUR_MS = 3_600_000

interface Attempts {
  readonly endpointId: string
  readonly code: string | null
  readonly count: number
  readonly eventType?: string
  readonly hoursAgo?: number
}

/** With their part in the rollups, as the recorder leaves them behind. */
async function attempt(bench: EndpointBench, one: Attempts): Promise<string[]> {
  const { endpointId, code, count, eventType = 'invoice.paid', hoursAgo = 1 } = one
  const atMs = Date.now() - hoursAgo * HOUR_MS
  const messageIds = Array.from({ length: count }, () => newId('msg_', atMs))
  const ids = messageIds.map((_, n) => newId('atmpt_', atMs + n * 4))
  const success = code === null
  const mark = trafficMark({ answered: true, durationMs: 5, success, exhausted: false })
  await bench.db.hot.query(
    `WITH m AS (INSERT INTO message (id, app_id, event_type, payload, publisher)
                SELECT id, $1, $2, '{}', 'test' FROM unnest($3::text[]) id),
          a AS (INSERT INTO attempt (message_id, id, endpoint_id, app_id, trigger, number, success, code, url, response_status, duration_ms)
                SELECT message_id, id, $5, $1, 'scheduled', 1, $6, $7, 'https://hooks.example.com/a', 500, 5
                  FROM unnest($3::text[], $4::text[]) AS k (message_id, id))
     INSERT INTO traffic_delta (app_ids, endpoint_ids, event_types, minute, marks)
     SELECT array_agg($1::text), array_agg($5::text), array_agg($2::text),
            date_trunc('minute', now() - $8 * interval '1 hour'), array_agg($9::smallint)
       FROM unnest($3::text[])`,
    [bench.appId, eventType, messageIds, ids, endpointId, success, code, hoursAgo, mark],
  )
  return ids
}

async function setup() {
  const bench = await setupTasks()
  const [a, b] = [await endpointWith(bench), await endpointWith(bench)]
  const causes = async (query = '') => {
    await foldTraffic(bench.db.hot)
    return (await bench.request('GET', `/app/${bench.appId}/traffic/cause?${query}`)).body
  }
  return { bench, a: a.endpointId, b: b.endpointId, causes }
}

const counts = (body: { data: { code: string; count: number; endpoints: number }[] }) =>
  body.data.map(({ code, count, endpoints }) => [code, count, endpoints])

describe('what the attempts of the last day failed for', () => {
  it('is counted by cause, the most frequent first, with the newest of each', async () => {
    const { bench, a, b, causes } = await setup()
    await attempt(bench, { endpointId: a, code: 'http_500', count: 3, hoursAgo: 5 })
    const newest = await attempt(bench, { endpointId: b, code: 'http_500', count: 2 })
    await attempt(bench, { endpointId: b, code: 'connection_refused', count: 7 })
    await attempt(bench, { endpointId: b, code: null, count: 4 })
    await attempt(bench, { endpointId: a, code: 'dns_not_found', count: 9, hoursAgo: 30 })
    const body = await causes()
    expect(counts(body)).toEqual([
      ['connection_refused', 7, 1],
      ['http_500', 5, 2],
    ])
    expect(body).toMatchObject({ attempts: 16, isPart: false })
    expect(body.data[1].newest).toMatchObject({
      id: newest.at(-1),
      outcome: { code: 'http_500' },
      url: 'https://hooks.example.com/a',
    })
  })

  it('is narrowed to an endpoint or an event type, and to no more than one', async () => {
    const { bench, a, b, causes } = await setup()
    await attempt(bench, { endpointId: a, code: 'http_500', count: 3 })
    await attempt(bench, { endpointId: b, code: 'http_503', count: 2, eventType: 'invoice.sent' })
    expect(counts(await causes(`endpoint=${a}`))).toEqual([['http_500', 3, 1]])
    expect(counts(await causes('event_type=invoice.sent'))).toEqual([['http_503', 2, 1]])
    const path = `/app/${bench.appId}/traffic/cause?endpoint=${a}&event_type=invoice.sent`
    expect((await bench.request('GET', path)).status).toBe(422)
  })

  it('says where it counted no more than the newest', async () => {
    const { bench, a, causes } = await setup()
    await attempt(bench, { endpointId: a, code: 'http_500', count: 300, hoursAgo: 4 })
    await attempt(bench, { endpointId: a, code: 'http_503', count: 450 })
    const body = await causes()
    expect(body).toMatchObject({ attempts: 500, isPart: true })
    expect(counts(body)).toEqual([
      ['http_503', 450, 1],
      ['http_500', 50, 1],
    ])
  })

  it('is nothing where nothing failed', async () => {
    const { bench, a, causes } = await setup()
    await attempt(bench, { endpointId: a, code: null, count: 2 })
    expect(await causes()).toMatchObject({ isPart: false, data: [] })
  })

  it('is hidden from other applications and organisations', async () => {
    const { bench, a } = await setup()
    const path = `/app/${bench.appId}/traffic/cause`
    const sibling = await bench.portalToken(bench.siblingAppId)
    for (const token of [bench.strangerToken, sibling])
      expect((await bench.as(token)('GET', path)).status).toBe(404)
    expect((await bench.as('')('GET', path)).status).toBe(401)
    const portal = await bench.portalToken(bench.appId, ['ViewBase'])
    expect((await bench.as(portal)('GET', `${path}?endpoint=${a}`)).status).toBe(200)
  })
})
