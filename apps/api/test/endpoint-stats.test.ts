import { describe, expect, it } from 'vitest'
import { setupEndpoints } from './endpoint-setup.ts'

const URL_A = 'https://hooks.example.com/a'
const HOUR_MS = 3_600_000
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS)

describe.each(['svix1', 'svix2'] as const)('stats through %s', (generation) => {
  it('sum the hourly counters, and count what waits', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const endpointId = path.split('/').at(-1) ?? ''
    await bench.db.hot.query(
      `INSERT INTO endpoint_stat (endpoint_id, hour, success, fail)
       VALUES ($1, date_trunc('hour', now()), 3, 1), ($1, date_trunc('hour', now()) - interval '5 hours', 10, 5),
              ($1, date_trunc('hour', now()) - interval '30 days', 100, 100)`,
      [endpointId],
    )
    await bench.addDeliveries(endpointId, { count: 4, wait: 'time' })
    await bench.addDeliveries(endpointId, { count: 2, wait: 'time', attempts: 1 })
    await bench.addDeliveries(endpointId, { count: 3, status: 'canceled' })
    await bench.addDeliveries(endpointId, { count: 1, status: 'canceled', at: ago(48) })
    const sdk = bench.sdk(generation)
    expect(await sdk.getStats(bench.appId, endpointId)).toEqual({
      success: 13,
      fail: 6,
      pending: 4,
      sending: 2,
      canceled: 4,
    })
    const recent = await sdk.getStats(bench.appId, endpointId, { since: ago(2) })
    expect(recent).toMatchObject({ success: 3, fail: 1, canceled: 3 })
  })
})

describe('the window of stats', () => {
  it.each([
    ['longer than 28 days', { since: ago(29 * 24), until: ago(0.1) }],
    ['ending in the future', { until: ago(-1) }],
    ['ending before it begins', { since: ago(1), until: ago(2) }],
  ])('%s is an invalid_range', async (_, window) => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const query = new URLSearchParams()
    for (const [name, moment] of Object.entries(window)) query.set(name, moment.toISOString())
    const answer = await bench.request('GET', `${path}/stats?${query.toString()}`)
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_range' } })
  })

  it('takes only moments', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const { status, body } = await bench.request('GET', `${path}/stats?since=infinity`)
    expect(status).toBe(422)
    expect(body.detail[0].loc).toEqual(['query', 'since'])
  })
})

describe('the state of an endpoint', () => {
  it('counts what waits up to a cap, and says so', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    await bench.addDeliveries(path.split('/').at(-1) ?? '', { count: 10_001, wait: 'time' })
    const { body } = await bench.request('GET', path)
    expect(body.state).toMatchObject({ waiting: 10_000, waitingCapped: true })
    const list = await bench.request('GET', `/app/${bench.appId}/endpoint`)
    expect(list.body.data[0].state).toMatchObject({ waiting: 1_000, waitingCapped: true })
  })
})
