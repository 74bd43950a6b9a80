import { foldTraffic, trafficMark } from '@posthorn/db'
import { seedAttempts, seedMessage } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupEndpoints } from './endpoint-setup.ts'
import { endpointWith } from './task-steps.ts'

const HOUR_MINUTES = 60
const STEP_MS = 7_200_000

async function setupOverview() {
  const bench = await setupEndpoints()
  const a = (await endpointWith(bench)).endpointId
  const b = (await endpointWith(bench, { eventTypes: ['invoice.paid'] })).endpointId
  /** As the recorder leaves it behind. */
  const record = async (endpointId: string, minutesAgo: number, successes: readonly boolean[]) => {
    const marks = successes.map((success) =>
      trafficMark({ answered: true, durationMs: 20, success, exhausted: false }),
    )
    await bench.db.hot.query(
      `INSERT INTO traffic_delta (app_ids, endpoint_ids, event_types, minute, marks)
       SELECT array_agg($1::text), array_agg($2::text), array_agg('invoice.paid'::text),
              date_trunc('minute', now() - $3 * interval '1 minute'), array_agg(mark) FROM unnest($4::smallint[]) mark`,
      [bench.appId, endpointId, minutesAgo, marks],
    )
    await foldTraffic(bench.db.hot)
  }
  const days = async (ids: readonly string[], app = bench.appId) =>
    (await bench.request('GET', `/app/${app}/traffic/endpoint-day?endpoint_ids=${ids.join(',')}`))
      .body
  return { bench, a, b, record, days }
}

describe('the last day of some endpoints', () => {
  it('is told by steps of two hours, whose sums are those of the day, in the order asked for', async () => {
    const { a, b, record, days } = await setupOverview()
    await record(a, 0, [true, true, false])
    await record(a, 5 * HOUR_MINUTES, [false])
    await record(a, 40 * HOUR_MINUTES, [true])
    const { data, since, stepSeconds } = await days([b, a])
    expect(stepSeconds * 1000).toBe(STEP_MS)
    expect(data.map((day: { endpointId: string }) => day.endpointId)).toEqual([b, a])
    expect(data[0]).toMatchObject({ succeeded: 0, failed: 0, successRate: null, series: [] })
    expect(data[1]).toMatchObject({ succeeded: 2, failed: 2, successRate: 0.5 })
    expect(data[1].latencyMs.p95).toBeGreaterThan(0)
    const steps = data[1].series.map((step: { startsAt: string; failed: number }) => [
      (Date.parse(step.startsAt) - Date.parse(since)) % STEP_MS,
      step.failed,
    ])
    expect(steps).toEqual([
      [0, 1],
      [0, 1],
    ])
  })

  it('has the newest attempt of each, however old, with what it came to', async () => {
    const { bench, a, b, days } = await setupOverview()
    const app = bench.scope
    const messageId = await seedMessage(bench.db.hot, app)
    await seedAttempts(bench.db.hot, app, [
      { messageId, endpointId: a, atMs: Date.now() - 1_000 },
      { messageId, endpointId: a, responseStatus: 503 },
    ])
    const { data } = await days([a, b])
    expect(data[0].newest).toMatchObject({
      msgId: messageId,
      status: 2,
      responseStatusCode: 503,
      outcome: { code: 'http_503' },
    })
    expect(data[1].newest).toBeNull()
  })

  it('leaves out what is deleted, and what belongs to another application', async () => {
    const { bench, a, b, days } = await setupOverview()
    expect((await days([a], bench.siblingAppId)).data).toEqual([])
    await bench.request('DELETE', `/app/own/endpoint/${b}`)
    expect((await days([a, b])).data).toHaveLength(1)
  })

  it.each([
    '',
    'endpoint_ids=',
    `endpoint_ids=${Array.from({ length: 51 }, (_, n) => `ep${n}`).join(',')}`,
  ])('names one to fifty of them: refuses "%.20s"', async (query) => {
    const { bench } = await setupOverview()
    const { status, body } = await bench.request('GET', `/app/own/traffic/endpoint-day?${query}`)
    expect([status, body.detail[0].loc.slice(0, 2)]).toEqual([422, ['query', 'endpoint_ids']])
  })

  it.each(['traffic/endpoint-day?endpoint_ids=ep_1', 'endpoint-warning'])(
    '%s is for its own application only',
    async (path) => {
      const { bench } = await setupOverview()
      const ask = async (token: string) =>
        (await bench.as(token)('GET', `/app/${bench.appId}/${path}`)).status
      expect(await ask(await bench.portalToken(bench.appId, ['ViewBase']))).toBe(200)
      expect(await ask(await bench.portalToken(bench.siblingAppId))).toBe(404)
      expect(await ask(bench.strangerToken)).toBe(404)
      expect(await ask('')).toBe(401)
    },
  )
})

describe('endpoints to be warned of', () => {
  it('are those disabled soon, the soonest first, and those disabled automatically of late', async () => {
    const { bench, a, b } = await setupOverview()
    const c = (await endpointWith(bench)).endpointId
    const warned = async () => {
      const { body } = await bench.request('GET', '/app/own/endpoint-warning')
      return body.data.map(({ id, state }: { id: string; state: { health: string } }) => [
        id,
        state.health,
      ])
    }
    const fail = (id: string, days: number) =>
      bench.db.hot.query(
        `UPDATE endpoint_state SET failure_count = 10, failing_since = now() - $2 * interval '1 day' WHERE endpoint_id = $1`,
        [id, days],
      )
    const disable = (by: string, days: number) =>
      bench.db.hot.query(
        `UPDATE endpoint SET disabled = true, disabled_by = $2, disabled_at = now() - $3 * interval '1 day' WHERE id = $1`,
        [c, by, days],
      )
    await fail(a, 2)
    expect(await warned()).toEqual([])
    await fail(a, 3)
    await fail(b, 4)
    await disable('automatic', 6)
    expect(await warned()).toEqual([
      [b, 'disabled_soon'],
      [a, 'disabled_soon'],
      [c, 'disabled'],
    ])
    await disable('customer', 1)
    expect(await warned()).toHaveLength(2)
    await disable('automatic', 8)
    expect(await warned()).toHaveLength(2)
  })
})

describe('endpoints that take an event type', () => {
  it('are those that chose it or take all, worst first or filtered further', async () => {
    const { bench, a, b } = await setupOverview()
    const type = { name: 'invoice.voided', description: '' }
    await bench.request('POST', '/event-type', type)
    const other = (await endpointWith(bench, { eventTypes: ['invoice.voided'] })).endpointId
    const list = async (query: string) => {
      const { body } = await bench.request('GET', `/app/own/endpoint?event_type=${query}`)
      return new Set(body.data.map(({ id }: { id: string }) => id))
    }
    expect(await list('invoice.paid')).toEqual(new Set([a, b]))
    expect(await list('invoice.paid&sort=worst')).toEqual(new Set([a, b]))
    expect(await list('invoice.voided&sort=worst')).toEqual(new Set([a, other]))
    expect(await list('invoice.voided&health=new&search=hooks')).toEqual(new Set([a, other]))
    expect((await bench.request('GET', '/app/own/endpoint?event_type=%20')).status).toBe(422)
  })
})
