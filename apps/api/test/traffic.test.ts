import { foldTraffic, trafficMark } from '@posthorn/db'
import { describe, expect, it } from 'vitest'
import type { EndpointBench } from './endpoint-setup.ts'
import { endpointWith, setupTasks } from './task-steps.ts'

const MINUTE_MS = 60_000

interface Recorded {
  readonly endpointId: string
  readonly eventType?: string
  readonly minutesAgo?: number
  readonly succeeded?: readonly number[]
  readonly failed?: readonly number[]
  readonly exhausted?: number
}

/** As the recorder leaves it behind. */
async function record(bench: EndpointBench, one: Recorded): Promise<void> {
  const { endpointId, eventType = 'invoice.paid', minutesAgo = 0, exhausted = 0 } = one
  const mark = (success: boolean) => (durationMs: number) =>
    trafficMark({ answered: true, durationMs, success, exhausted: false })
  const lost = trafficMark({ answered: false, durationMs: 1, success: false, exhausted: true })
  const marks = [
    ...(one.succeeded ?? []).map(mark(true)),
    ...(one.failed ?? []).map(mark(false)),
    ...Array<number>(exhausted).fill(lost),
  ]
  await bench.db.hot.query(
    `INSERT INTO traffic_delta (app_ids, endpoint_ids, event_types, minute, marks)
     SELECT array_agg($1::text), array_agg($2::text), array_agg($3::text), date_trunc('minute', now() - $4 * interval '1 minute'), array_agg(mark)
       FROM unnest($5::smallint[]) mark`,
    [bench.appId, endpointId, eventType, minutesAgo, marks],
  )
}

async function setupTraffic() {
  const bench = await setupTasks()
  const a = await endpointWith(bench)
  const b = await endpointWith(bench)
  return { bench, a: a.endpointId, b: b.endpointId, at: `/app/${bench.appId}/traffic` }
}

describe('traffic', () => {
  it('sums the attempts of an application, an endpoint and an event type', async () => {
    const { bench, a, b, at } = await setupTraffic()
    await record(bench, { endpointId: a, succeeded: [10, 20, 30], failed: [500] })
    await record(bench, { endpointId: b, eventType: 'invoice.sent', succeeded: [40], exhausted: 2 })
    await foldTraffic(bench.db.hot)
    const total = async (query: string) => (await bench.request('GET', `${at}?${query}`)).body.total
    expect(await total('')).toMatchObject({ succeeded: 4, failed: 3, exhausted: 2 })
    expect(await total(`period=1h&endpoint=${a}`)).toMatchObject({
      succeeded: 3,
      failed: 1,
      exhausted: 0,
      successRate: 0.75,
    })
    expect(await total('period=28d&event_type=invoice.sent')).toMatchObject({
      succeeded: 1,
      failed: 2,
    })
    expect(await total('period=7d&event_type=nobody.knows')).toEqual({
      succeeded: 0,
      failed: 0,
      exhausted: 0,
      successRate: null,
      latencyMs: null,
    })
  })

  it('adds to a minute what is folded in later, with its latencies', async () => {
    const { bench, a, at } = await setupTraffic()
    await record(bench, { endpointId: a, minutesAgo: 3, succeeded: Array(98).fill(100) })
    await foldTraffic(bench.db.hot)
    await record(bench, { endpointId: a, minutesAgo: 3, succeeded: [3_000, 3_000] })
    await foldTraffic(bench.db.hot)
    const { body } = await bench.request('GET', `${at}?period=1h`)
    expect(body).toMatchObject({ period: '1h', stepSeconds: 60, total: { succeeded: 100 } })
    expect(body.series).toHaveLength(1)
    expect(body.series[0]).toMatchObject({ succeeded: 100 })
    const { p50, p99 } = body.total.latencyMs
    expect(p50).toBeGreaterThan(80)
    expect(p50).toBeLessThan(120)
    expect(p99).toBeGreaterThan(2_400)
    expect(p99).toBeLessThan(3_600)
  })

  it('shows the same sums in the series as in the list, in every period', async () => {
    const { bench, a, at } = await setupTraffic()
    const ages = [0, 30, 90, 600, 1_300, 3 * 1_440, 6 * 1_440, 20 * 1_440]
    for (const minutesAgo of ages) await record(bench, { endpointId: a, minutesAgo, failed: [7] })
    await foldTraffic(bench.db.hot)
    const counts = []
    for (const period of ['1h', '24h', '7d', '28d']) {
      const { body } = await bench.request('GET', `${at}?period=${period}`)
      const { body: list } = await bench.request('GET', `${at}/endpoint?period=${period}`)
      expect(list).toMatchObject({ since: body.since, done: true })
      expect(list.data).toEqual([{ endpointId: a, ...body.total }])
      const inSeries = body.series.map((point: { failed: number }) => point.failed)
      expect(inSeries.reduce((sum: number, one: number) => sum + one, 0)).toBe(body.total.failed)
      expect(Date.parse(body.until) - Date.parse(body.since)).toBeGreaterThanOrEqual(60 * MINUTE_MS)
      counts.push(body.total.failed)
    }
    expect(counts).toEqual([2, 5, 7, 8])
  })

  it('is of a time of its own, by minutes or by hours, with the same sums in series, list and file', async () => {
    const { bench, a, at } = await setupTraffic()
    const ages = [10, 90, 600, 1_300, 3 * 1_440, 20 * 1_440]
    for (const minutesAgo of ages) await record(bench, { endpointId: a, minutesAgo, failed: [7] })
    await foldTraffic(bench.db.hot)
    const { rows } = await bench.db.hot.query<{ now: Date }>('SELECT now()')
    const nowMs = rows[0]?.now.getTime() ?? 0
    const ago = (minutes: number) => new Date(nowMs - minutes * MINUTE_MS).toISOString()
    const spans = [
      { since: 60, until: 0, stepSeconds: 60, failed: 1 },
      { since: 100, until: 80, stepSeconds: 60, failed: 1 },
      { since: 1_320, until: 300, stepSeconds: 600, failed: 2 },
      { since: 4 * 1_440, until: 1_440, stepSeconds: 3_600, failed: 1 },
      { since: 21 * 1_440, until: 0, stepSeconds: 21_600, failed: 6 },
    ]
    for (const { since, until, stepSeconds, failed } of spans) {
      const query = `since=${ago(since)}&until=${ago(until)}`
      const { body } = await bench.request('GET', `${at}?${query}`)
      expect(body).toMatchObject({ period: null, stepSeconds, total: { failed } })
      expect(Date.parse(body.since)).toBeLessThanOrEqual(Date.parse(ago(since)))
      const { body: list } = await bench.request('GET', `${at}/endpoint?${query}`)
      expect(list).toMatchObject({ since: body.since, period: null })
      expect(list.data).toEqual([{ endpointId: a, ...body.total }])
      const inSeries = body.series.map((point: { failed: number }) => point.failed)
      expect(inSeries.reduce((sum: number, one: number) => sum + one, 0)).toBe(failed)
    }
  })

  it.each([
    ['one end', [60, null]],
    ['ends the wrong way round', [10, 20]],
    ['ends too far apart', [30 * 1_440, 0]],
    ['what is not kept', [40 * 1_440, 35 * 1_440]],
    ['what is to come', [-10, -20]],
  ] as const)('refuses a time of its own of %s', async (_, [since, until]) => {
    const { bench, at } = await setupTraffic()
    const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS).toISOString()
    const end = until === null ? '' : `&until=${ago(until)}`
    for (const path of ['', '/endpoint', '/event-type', '/csv']) {
      const { status, body } = await bench.request('GET', `${at}${path}?since=${ago(since)}${end}`)
      expect(status).toBe(422)
      expect(body.detail[0].loc).toEqual(['query', 'since'])
    }
  })

  it('lists endpoints and event types page by page', async () => {
    const { bench, a, b, at } = await setupTraffic()
    await record(bench, { endpointId: a, succeeded: [1] })
    await record(bench, { endpointId: b, eventType: 'invoice.sent', failed: [1] })
    await foldTraffic(bench.db.hot)
    const { body: first } = await bench.request('GET', `${at}/endpoint?limit=1`)
    expect(first).toMatchObject({
      data: [{ endpointId: a, succeeded: 1 }],
      iterator: a,
      done: false,
    })
    const { body: next } = await bench.request('GET', `${at}/endpoint?limit=1&iterator=${a}`)
    expect(next).toMatchObject({ data: [{ endpointId: b, failed: 1 }], done: true })
    const { body: types } = await bench.request('GET', `${at}/event-type`)
    expect(types.data.map((one: { eventType: string }) => one.eventType)).toEqual([
      'invoice.paid',
      'invoice.sent',
    ])
  })

  it('is counted once by however many that fold at the same time', async () => {
    const { bench, a, at } = await setupTraffic()
    for (let n = 0; n < 20; n++) await record(bench, { endpointId: a, succeeded: [n] })
    await Promise.all(Array.from({ length: 6 }, () => foldTraffic(bench.db.hot)))
    await foldTraffic(bench.db.hot)
    expect((await bench.request('GET', at)).body.total.succeeded).toBe(20)
    const { rows } = await bench.db.hot.query(`SELECT 1 FROM traffic_delta`)
    expect(rows).toEqual([])
  })

  it.each([
    ['an unknown period', '?period=2y', 'period'],
    ['both narrowings at once', '?endpoint=a&event_type=b', 'event_type'],
    ['a page of more than fifty', '/endpoint?limit=51', 'limit'],
  ])('refuses %s', async (_, query, field) => {
    const { bench, at } = await setupTraffic()
    const { status, body } = await bench.request('GET', `${at}${query}`)
    expect(status).toBe(422)
    expect(body.detail[0].loc).toEqual(['query', field])
  })

  it.each(['', '/endpoint', '/event-type'])('%s is for its own application only', async (list) => {
    const { bench, at } = await setupTraffic()
    const ask = async (token: string) => (await bench.as(token)('GET', `${at}${list}`)).status
    expect(await ask(await bench.portalToken(bench.appId, ['ViewBase']))).toBe(200)
    expect(await ask(await bench.portalToken(bench.siblingAppId))).toBe(404)
    expect(await ask(bench.strangerToken)).toBe(404)
    expect(await ask('')).toBe(401)
  })

  it("hides another application's endpoint", async () => {
    const { bench, a } = await setupTraffic()
    const path = `/app/${bench.siblingAppId}/traffic?endpoint=${a}`
    expect((await bench.request('GET', path)).status).toBe(404)
  })
})

describe('the file of traffic', () => {
  const linesOf = (text: string) => text.split('\r\n')
  const HEAD =
    'attempts_succeeded,attempts_failed,deliveries_given_up,success_rate,p50_ms,p95_ms,p99_ms'

  async function setupFile() {
    const { bench, a, at } = await setupTraffic()
    await record(bench, { endpointId: a, minutesAgo: 5, succeeded: [10, 10, 10], exhausted: 1 })
    await record(bench, { endpointId: a, eventType: 'invoice.sent', succeeded: [10] })
    await foldTraffic(bench.db.hot)
    const token = await bench.portalToken(bench.appId, ['ViewBase'])
    const download = async (query: string) => {
      const headers = { authorization: `Bearer ${token}` }
      const answer = await fetch(`${bench.url}/api/v1${at}/csv?${query}`, { headers })
      return { answer, lines: linesOf(await answer.text()) }
    }
    return { bench, a, at, download }
  }

  it('has a line for each step in which there was any, all or narrowed', async () => {
    const { a, download } = await setupFile()
    const { answer, lines } = await download('period=1h')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toContain('activity-time-1h.csv')
    expect(lines[0]).toBe(`starts_at,${HEAD}`)
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z,3,1,1,0.75,\d+,\d+,\d+$/),
      expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z,1,0,0,1,\d+,\d+,\d+$/),
      '',
    ])
    expect((await download(`period=1h&endpoint=${a}`)).lines).toHaveLength(4)
    expect((await download('period=1h&event_type=invoice.sent')).lines).toHaveLength(3)
  })

  it('has a line for each endpoint or event type, and no formula of what a customer wrote', async () => {
    const { bench, a, download } = await setupFile()
    const description = '=HYPERLINK("https://evil.example.com","see, here")'
    await bench.request('PATCH', `/app/${bench.appId}/endpoint/${a}`, { description })
    const { lines } = await download('by=endpoint')
    expect(lines[0]).toBe(`endpoint_id,url,description,${HEAD}`)
    const quoted = `"'=HYPERLINK(""https://evil.example.com"",""see, here"")"`
    expect(lines[1]).toMatch(new RegExp(`^${a},https://hooks.example.com/a,`))
    expect(lines[1]).toContain(`,${quoted},4,1,1,0.8,`)
    const byType = (await download('by=event_type')).lines
    expect(byType.map((line) => line.split(',')[0])).toEqual([
      'event_type',
      'invoice.paid',
      'invoice.sent',
      '',
    ])
  })

  it('narrows only what goes by time, and is for its own application only', async () => {
    const { bench, at } = await setupFile()
    const refused = await bench.request('GET', `${at}/csv?by=endpoint&event_type=a`)
    expect([refused.status, refused.body.detail[0].loc]).toEqual([422, ['query', 'by']])
    const ask = async (token: string) => (await bench.as(token)('GET', `${at}/csv`)).status
    expect(await ask(await bench.portalToken(bench.siblingAppId))).toBe(404)
    expect(await ask(bench.strangerToken)).toBe(404)
    expect(await ask('')).toBe(401)
  })
})
