import { claimTask, runTaskSlice } from '@posthorn/core'
import { removeWorker, touchWorker } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import { seedAttempts, seedDeliveries, seedEndpoint, seedMessages } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type ReadingBench, setupReading } from './reading-setup.ts'
import { supportOf } from './support-setup.ts'

const HOUR_MS = 3_600_000
const hoursAgo = (hours: number) => Date.now() - hours * HOUR_MS

interface Failing {
  readonly appId?: string
  readonly url: string
  readonly hours: number
  readonly messages?: number
}

async function seedFailing(bench: ReadingBench, { appId, url, hours, messages = 1 }: Failing) {
  const app = { ...bench.app, appId: appId ?? bench.app.appId }
  const endpointId = await seedEndpoint(bench.pool, app, { url })
  await bench.pool.query(
    `INSERT INTO endpoint_state (endpoint_id, app_id, failing_since, failure_count, breaker_opened_at)
     VALUES ($1, $2, $3, 40, $3) ON CONFLICT (endpoint_id)
     DO UPDATE SET failing_since = $3, failure_count = 40, breaker_opened_at = $3`,
    [endpointId, app.appId, new Date(hoursAgo(hours))],
  )
  const seeds = Array.from({ length: messages }, () => ({ atMs: hoursAgo(1) }))
  const ids = await seedMessages(bench.pool, app, seeds)
  const rows = ids.map((messageId) => ({ messageId, endpointId, status: 'failed' as const }))
  await seedDeliveries(bench.pool, app, rows)
  const [messageId = ''] = ids
  await seedAttempts(bench.pool, app, [{ messageId, endpointId, responseStatus: 503 }])
  return endpointId
}

/** Every eleventh is disabled; none has a message. */
async function seedMany(bench: ReadingBench, url: string, count: number): Promise<void> {
  const idStart = newId('ep_', hoursAgo(2)).slice(0, -4)
  await bench.pool.query(
    `INSERT INTO endpoint (id, org_id, app_id, url, retry_schedule, disabled)
     SELECT $1 || lpad(n::text, 4, '0'), $2, $3, $4, '{}', n % 11 = 0 FROM generate_series(1, $5::int) n`,
    [idStart, bench.app.orgId, bench.app.appId, url, count],
  )
}

describe('the health board', () => {
  it('shows what fails, the longest first, with its cause and when it is disabled', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const young = await seedFailing(bench, { url: 'https://young.example.com/', hours: 2 })
    const old = await seedFailing(bench, { url: 'https://old.example.com/', hours: 100 })
    const { body } = await support.get('/health-board')
    const shown = body.failing.map((one: { endpointId: string }) => one.endpointId)
    expect(shown).toEqual([old, young])
    expect(body.failing[0]).toMatchObject({
      health: 'disabled_soon',
      host: 'old.example.com',
      failureCount: 40,
      lastAttempt: { responseStatusCode: 503 },
    })
    expect(Date.parse(body.failing[0].disablesAt)).toBeGreaterThan(Date.now())
    expect(body.disabled).toEqual([])
  })
})

describe('outages', () => {
  it('are hosts, by how many customers they fail for', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const other = await support.createApplication({ name: 'other' })
    await seedFailing(bench, { url: 'https://one.example.com/a', hours: 9 })
    await seedFailing(bench, { url: 'https://one.example.com/b', hours: 8 })
    await seedFailing(bench, { url: 'https://shared.example.net/a', hours: 3 })
    await seedFailing(bench, { appId: other, url: 'https://SHARED.example.net/b', hours: 2 })
    await seedEndpoint(bench.pool, bench.app, { url: 'https://shared.example.net/healthy' })
    const { body } = await support.get('/outage')
    expect(body.data).toMatchObject([
      { host: 'shared.example.net', applications: 2, endpoints: 2, endpointsThere: 3, held: 2 },
      { host: 'one.example.com', applications: 1, endpoints: 2, endpointsThere: 2, held: 2 },
    ])
  })
})

describe('recover over many endpoints', () => {
  it('counts first, then sends what failed to each endpoint of a host once, in one task', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const other = await support.createApplication({ name: 'other' })
    const url = 'https://down.example.com/hook'
    for (let n = 0; n < 30; n++) {
      await seedFailing(bench, { url, hours: 3, messages: 4, ...(n % 2 ? { appId: other } : {}) })
    }
    await seedFailing(bench, { url: 'https://elsewhere.example.com/', hours: 3 })
    const asked = { host: 'down.example.com', since: new Date(hoursAgo(24)) }

    const estimate = await support.post('/recover', { ...asked, perSecond: 50, dryRun: true })
    expect(estimate.status).toBe(200)
    expect(estimate.body).toMatchObject({
      endpoints: 30,
      applications: 2,
      count: 120,
      isCapped: false,
      estimatedSeconds: 3,
    })

    const started = await support.post('/recover', { ...asked, perSecond: 50 })
    expect(started).toMatchObject({ status: 202, body: { status: 'running' } })
    await runTask(support, bench, started.body.id)
    const { body: task } = await support.call('GET', `/background-task/${started.body.id}`)
    expect(task).toMatchObject({
      status: 'finished',
      progress: { done: 120, skipped: 0, fraction: 1 },
      outcomes: { waiting: 120 },
      data: { endpoints: 30, selection: 'host:down.example.com' },
    })
    expect(task.data.targets).toBeUndefined()
  })

  it('sends what failed of some event types alone, where only these are meant', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const url = 'https://types.example.com/hook'
    const endpointId = await seedFailing(bench, { url, hours: 3, messages: 4 })
    const { rows } = await bench.pool.query<{ id: string }>(
      'SELECT message_id AS id FROM delivery WHERE endpoint_id = $1 ORDER BY message_id',
      [endpointId],
    )
    const [paid, voided] = rows.map(({ id }) => id)
    const retype = `UPDATE message SET event_type = $2 WHERE id = $1`
    await bench.pool.query(retype, [paid, 'order.paid'])
    await bench.pool.query(retype, [voided, 'order.voided'])
    const since = new Date(hoursAgo(24))
    const asked = { host: 'types.example.com', since, eventTypes: ['order.paid', 'nothing.yet'] }

    const { body: estimate } = await support.post('/recover', { ...asked, dryRun: true })
    expect(estimate).toMatchObject({ count: 1, affectedEndpoints: 1 })
    const { body: started } = await support.post('/recover', asked)
    await runTask(support, bench, started.id)
    const { body: task } = await support.call('GET', `/background-task/${started.id}`)
    expect(task).toMatchObject({ progress: { done: 1 }, data: { eventTypes: asked.eventTypes } })
    const { rows: sent } = await bench.pool.query(
      `SELECT message_id AS id FROM delivery WHERE endpoint_id = $1 AND trigger = 'manual'`,
      [endpointId],
    )
    expect(sent).toEqual([{ id: paid }])
    const none = await support.post('/recover', { ...asked, eventTypes: ['not a name'] })
    expect(none.status).toBe(422)
  })

  it('takes in the endpoints of a host batch by batch', { timeout: 120_000 }, async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const host = 'batches.example.com'
    const url = `https://${host}/hook`
    const failing = [await seedFailing(bench, { url, hours: 3, messages: 2 })]
    await seedMany(bench, url, 330)
    failing.push(await seedFailing(bench, { url, hours: 3, messages: 2 }))
    const asked = { host, since: new Date(hoursAgo(24)) }

    const estimate = await support.post('/recover', { ...asked, dryRun: true })
    const endpoints = 302
    expect(estimate.body).toMatchObject({ endpoints, disabled: 30, count: 4, isCapped: false })
    const started = await support.post('/recover', asked)
    await runTask(support, bench, started.body.id)
    const { body: task } = await support.call('GET', `/background-task/${started.body.id}`)
    expect(task).toMatchObject({
      status: 'finished',
      progress: { done: 4, fraction: 1 },
      data: { endpoints, selection: `host:${host}` },
    })
    const { rows } = await bench.pool.query(
      `SELECT DISTINCT endpoint_id FROM delivery WHERE trigger = 'manual' AND endpoint_id = ANY ($1)`,
      [failing],
    )
    expect(rows).toHaveLength(failing.length)
  })

  it('begins for a host of more endpoints than can be named one by one', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const host = 'everybody.example.com'
    await seedMany(bench, `https://${host}/hook`, 1_100)
    const { status, body } = await support.post('/recover', { host, since: new Date(hoursAgo(24)) })
    expect(status).toBe(202)
    const { body: task } = await support.call('POST', `/background-task/${body.id}/cancel`)
    expect(task.data.endpoints).toBe(1_000)
  })

  it('is held and canceled like any task, and refuses what names nothing or too little', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const id = await seedFailing(bench, { url: 'https://held.example.com/', hours: 3 })
    const since = new Date(hoursAgo(24))
    const { body: task } = await support.post('/recover', { endpointIds: [id], since })
    const { body: held } = await support.call('POST', `/background-task/${task.id}/pause`)
    expect(held.pausedAt).not.toBeNull()
    expect(await runTaskSlice(bench.core, task)).toBe('ended')
    const { body: ended } = await support.call('POST', `/background-task/${task.id}/cancel`)
    expect(ended).toMatchObject({ status: 'failed', progress: { done: 0 } })

    const foreign = await setupReading.foreign(bench)
    const refused = [
      { since },
      { host: 'nothing.example.com', since },
      { endpointIds: [foreign.endpointId], since },
      { host: 'held.example.com', failing: true, since },
    ]
    for (const body of refused) expect((await support.post('/recover', body)).status).toBe(422)
  })
})

describe('the queue', () => {
  it('tells what is due, how late, in flight, and who works', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const { status, body } = await support.get('/queue')
    expect(status).toBe(200)
    expect(body).toMatchObject({ inFlight: 0, lostLeases: 0, workers: [] })
    const stores = { isReachable: true, latencyMs: expect.any(Number), bytes: expect.any(Number) }
    expect(body.stores).toMatchObject([
      { kind: 'database', backend: 'postgres', ...stores },
      { kind: 'queue', ...stores },
    ])
    expect(body.lagSeconds).toBeGreaterThanOrEqual(0)
  })

  it('tells how late most of what is due is, and what a worker says of itself', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const endpointId = await seedEndpoint(bench.pool, bench.app)
    const seeds = Array.from({ length: 3 }, () => ({ atMs: hoursAgo(1) }))
    const ids = await seedMessages(bench.pool, bench.app, seeds)
    await bench.pool.query(
      `INSERT INTO delivery (message_id, endpoint_id, app_id, wait, next_attempt_at)
       SELECT id, $2, $3, 'time', now() - interval '1 hour' FROM unnest($1::text[]) id`,
      [ids, endpointId, bench.app.appId],
    )
    const about = { version: '1.2.3', memoryBytes: 123_456_789, isPaused: false, loopDelayMs: 12.5 }
    const worker = { id: 'w1', host: 'a', pid: 1, ...about }
    await touchWorker(bench.pool, worker)
    const { body } = await support.get('/queue')
    expect(body.due).toBeGreaterThanOrEqual(ids.length)
    expect(body.lagP99Seconds).toBeGreaterThanOrEqual(body.lagP50Seconds)
    expect(body.lagP99Seconds).toBeGreaterThan(3_000)
    expect(body.workers).toMatchObject([worker])
    await removeWorker(bench.pool, worker.id)
    await bench.pool.query('DELETE FROM delivery WHERE endpoint_id = $1', [endpointId])
  })
})

type Support = Awaited<ReturnType<typeof supportOf>>

/** As a worker does, with the paces' rests taken as over. */
async function runTask(support: Support, bench: ReadingBench, id: string): Promise<void> {
  for (;;) {
    const result = await runTaskSlice(bench.core, { id })
    if (result === 'ended') return
    const { body } = await support.call('GET', `/background-task/${id}`)
    expect(body.progress.fraction).toBeGreaterThan(0)
    await bench.pool.query('UPDATE background_task SET leased_until = now() WHERE id = $1', [id])
    expect((await claimTask(bench.core))?.id).toBe(id)
  }
}
