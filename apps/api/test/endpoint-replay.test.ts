import { MAX_DUE_WAITING, runTaskSlice } from '@posthorn/core'
import { newId } from '@posthorn/runtime'
import { describe, expect, it } from 'vitest'
import type { EndpointBench } from './endpoint-setup.ts'
import {
  deliverAll,
  endpointWith,
  hoursAgo,
  runTask,
  runTasks,
  sentBy,
  setupTasks,
} from './task-steps.ts'

const GENERATIONS = ['svix1', 'svix2'] as const

interface Published {
  readonly eventType?: string
  readonly channels?: string[]
  readonly tags?: string[]
}

async function publish(bench: EndpointBench, fields: Published = {}): Promise<string> {
  const message = { eventType: 'invoice.paid', payload: { n: 1 }, ...fields }
  const { body } = await bench.request('POST', `/app/${bench.appId}/msg`, message)
  return body.id
}

/** A message as it stood with one endpoint. */
async function addOne(
  bench: EndpointBench,
  endpointId: string,
  row: { status: string; code?: number; tags?: string[]; channels?: string[]; type?: string },
): Promise<string> {
  const id = newId('msg_', hoursAgo(1).getTime())
  const { db, appId } = bench
  const { type = 'invoice.paid', tags = [], channels = [], code } = row
  await db.hot.query(
    `INSERT INTO message (id, app_id, event_type, payload, publisher, tags, channels)
     VALUES ($1, $2, $3, '{}', 'test', $4, $5)`,
    [id, appId, type, tags, channels],
  )
  await db.hot.query(
    `INSERT INTO delivery (message_id, endpoint_id, app_id, status) VALUES ($1, $2, $3, $4)`,
    [id, endpointId, appId, row.status],
  )
  if (code === undefined) return id
  await db.hot.query(
    `INSERT INTO attempt (message_id, id, endpoint_id, app_id, trigger, number, success, url, response_status, duration_ms)
     VALUES ($1, $2, $3, $4, 'scheduled', 1, $5, 'https://hooks.example.com/a', $6, 1)`,
    [id, newId('atmpt_', hoursAgo(1).getTime()), endpointId, appId, code < 300, code],
  )
  return id
}

describe.each(GENERATIONS)('replay-missing through %s', (generation) => {
  it('sends what never had a delivery to the endpoint and passes its filters of today', async () => {
    const bench = await setupTasks()
    const [before, unfit] = [
      await publish(bench, { channels: ['eu'] }),
      await publish(bench, { channels: ['us'] }),
    ]
    const other = await endpointWith(bench)
    await bench.request('POST', `${other.path}/send-example`, { eventType: 'invoice.paid' })
    const { endpointId } = await endpointWith(bench, { channels: ['eu'] })
    const had = await publish(bench, { channels: ['eu'] })

    const sdk = bench.sdk(generation)
    const started = await sdk.replayMissing(bench.appId, endpointId, { since: hoursAgo(1) })
    expect(started).toMatchObject({ status: 'running', task: 'endpoint.replay' })
    await runTasks(bench)
    expect(await sentBy(bench, started)).toEqual([before])
    expect([unfit, had]).not.toContain(before)
    const task = await sdk.getTask(started.id)
    expect(task).toMatchObject({ status: 'finished', data: { done: 1, skipped: 0, endpointId } })

    const again = await sdk.replayMissing(bench.appId, endpointId, { since: hoursAgo(1) })
    await runTasks(bench)
    expect(await sentBy(bench, again)).toEqual([])
  })
})

describe.each(GENERATIONS)('bulk-replay through %s', (generation) => {
  it('sends what fits the filter, and leaves alone what is still being tried', async () => {
    const bench = await setupTasks()
    const { endpointId } = await endpointWith(bench)
    const add = (row: Parameters<typeof addOne>[2]) => addOne(bench, endpointId, row)
    const refused = await add({ status: 'failed', code: 503, tags: ['run/1'], channels: ['eu'] })
    const notFound = await add({ status: 'failed', code: 404 })
    const delivered = await add({ status: 'delivered', code: 200, type: 'invoice.sent' })
    const canceled = await add({ status: 'canceled' })
    const pending = await add({ status: 'pending', code: 503 })

    const sdk = bench.sdk(generation)
    const sent = async (filter: object) => {
      const since = hoursAgo(2)
      const started = await sdk.bulkReplay(bench.appId, endpointId, { since, ...filter })
      expect(started.task).toBe('endpoint.bulk-replay')
      await runTasks(bench)
      const ids = await sentBy(bench, started)
      await bench.db.hot.query(`DELETE FROM delivery WHERE task_id = $1`, [started.id])
      return ids
    }
    expect(await sent({ statusCodeClass: 500 })).toEqual([refused])
    expect(await sent({ statusCodeClass: 400 })).toEqual([notFound])
    expect(await sent({ status: 0 })).toEqual([delivered])
    expect(await sent({ tag: 'run/1' })).toEqual([refused])
    expect(await sent({ channel: 'eu' })).toEqual([refused])
    expect(await sent({ eventTypes: ['invoice.sent'] })).toEqual([delivered])
    const all = [refused, notFound, delivered, canceled].toSorted()
    expect(await sent({})).toEqual(all)
    expect(all).not.toContain(pending)
  })
})

describe('bulk-replay', () => {
  it('takes a status as lists show it: canceled is failed, unless told apart', async () => {
    const bench = await setupTasks()
    const { path, endpointId } = await endpointWith(bench)
    await addOne(bench, endpointId, { status: 'failed' })
    await addOne(bench, endpointId, { status: 'canceled' })
    const count = async (filter: object) => {
      const asked = { since: hoursAgo(2), dryRun: true, ...filter }
      return (await bench.request('POST', `${path}/bulk-replay`, asked)).body.count
    }
    expect(await count({ status: 2 })).toBe(2)
    expect(await count({ status: 2, expandedStatuses: true })).toBe(1)
    expect(await count({ status: 4, expandedStatuses: true })).toBe(1)
  })

  it.each([
    ['a status that is left alone', { status: 1 }, 'status'],
    ['a status class of its own', { statusCodeClass: 250 }, 'statusCodeClass'],
    ['too long a channel', { channel: 'c'.repeat(257) }, 'channel'],
    ['too many event types', { eventTypes: Array(251).fill('a') }, 'eventTypes'],
  ])('refuses %s', async (_, filter, field) => {
    const bench = await setupTasks()
    const { path } = await endpointWith(bench)
    const asked = { since: hoursAgo(1), ...filter }
    const { status, body } = await bench.request('POST', `${path}/bulk-replay`, asked)
    expect(status).toBe(422)
    expect(body.detail[0].loc).toEqual(['body', field])
  })
})

describe('a dry run', () => {
  it('counts what would be sent, by type, and sends nothing', async () => {
    const bench = await setupTasks()
    const { path, endpointId } = await endpointWith(bench, { rateLimit: 10 })
    await bench.addDeliveries(endpointId, { count: 120, status: 'failed' })
    await bench.addDeliveries(endpointId, { count: 5, status: 'failed', payload: null })
    await bench.addDeliveries(endpointId, { count: 3, wait: 'time' })
    const since = hoursAgo(24)
    const { status, body } = await bench.request('POST', `${path}/recover`, { since, dryRun: true })
    expect(status).toBe(200)
    expect(body).toEqual({
      since: since.toISOString(),
      until: expect.any(String),
      count: 120,
      isCapped: false,
      expired: 5,
      retrying: 3,
      eventTypes: [{ eventType: 'invoice.paid', count: 120 }],
      oldest: expect.any(String),
      newest: expect.any(String),
      ratePerSecond: 10,
      estimatedSeconds: 12,
    })
    expect((await bench.request('GET', '/background-task')).body.data).toEqual([])
  })

  it('stops counting at ten thousand, and says so', async () => {
    const bench = await setupTasks()
    const { path, endpointId } = await endpointWith(bench)
    await bench.addDeliveries(endpointId, { count: 10_100, status: 'failed' })
    const asked = { since: hoursAgo(24), dryRun: true }
    const { body } = await bench.request('POST', `${path}/recover`, asked)
    expect(body).toMatchObject({ count: 10_000, isCapped: true })
  })

  it('counts for a disabled endpoint too, which nothing is sent to', async () => {
    const bench = await setupTasks()
    const { path, endpointId } = await endpointWith(bench)
    await bench.addDeliveries(endpointId, { count: 2, status: 'failed' })
    await bench.request('PATCH', path, { disabled: true })
    const asked = { since: hoursAgo(24), dryRun: true }
    expect((await bench.request('POST', `${path}/recover`, asked)).body.count).toBe(2)
    for (const operation of ['recover', 'replay-missing', 'bulk-replay']) {
      const refused = await bench.request('POST', `${path}/${operation}`, { since: hoursAgo(1) })
      expect(refused).toMatchObject({ status: 400, body: { code: 'endpoint_disabled' } })
    }
  })

  it.each(['recover', 'replay-missing', 'bulk-replay'])(
    'of %s is for whoever may make attempts of this application',
    async (operation) => {
      const bench = await setupTasks()
      const { path } = await endpointWith(bench)
      const ask = async (token: string) =>
        (
          await bench.as(token)('POST', `${path}/${operation}`, {
            since: hoursAgo(1),
            dryRun: true,
          })
        ).status
      expect(await ask(await bench.portalToken(bench.appId, ['ViewBase', 'CreateAttempts']))).toBe(
        200,
      )
      expect(await ask(await bench.portalToken(bench.appId, ['ViewBase']))).toBe(403)
      expect(await ask(await bench.portalToken(bench.siblingAppId))).toBe(404)
      expect(await ask(bench.strangerToken)).toBe(404)
      expect(await ask('')).toBe(401)
    },
  )
})

describe('a task that sends', () => {
  it('rests while a thousand due deliveries wait for its endpoint', async () => {
    const bench = await setupTasks()
    const { path, endpointId } = await endpointWith(bench)
    await bench.addDeliveries(endpointId, { count: 2_500, status: 'failed' })
    const { body } = await bench.request('POST', `${path}/recover`, { since: hoursAgo(24) })
    while ((await runTaskSlice(bench.core, body)) === 'more');
    expect(await runTaskSlice(bench.core, body)).toBe('resting')
    const { length: waiting } = await sentBy(bench, body)
    expect(waiting).toBeGreaterThanOrEqual(MAX_DUE_WAITING)
    expect(waiting).toBeLessThan(2 * MAX_DUE_WAITING)
    const { body: task } = await bench.request('GET', `/background-task/${body.id}`)
    expect(task).toMatchObject({
      status: 'running',
      progress: { done: waiting, total: 2_500 },
      outcomes: { waiting, delivered: 0, failed: 0, isCapped: false },
    })
    expect(task.progress.fraction).toBeGreaterThan(0)
    await deliverAll(bench)
    await runTask(bench, body)
    await deliverAll(bench)
    expect((await bench.request('GET', `/background-task/${body.id}`)).body).toMatchObject({
      status: 'finished',
      progress: { done: 2_500, total: 2_500, fraction: 1 },
      outcomes: { waiting: 0, delivered: 2_500 },
    })
  })

  it('is held by pause and goes on where it stopped by resume', async () => {
    const bench = await setupTasks()
    const { path, endpointId } = await endpointWith(bench)
    await bench.addDeliveries(endpointId, { count: 1_500, status: 'failed' })
    const portal = bench.as(await bench.portalToken(bench.appId))
    const { body } = await portal('POST', `${path}/recover`, { since: hoursAgo(24) })
    await runTaskSlice(bench.core, body)
    await deliverAll(bench)
    const before = await sentBy(bench, body)
    const ask = (what: string) => portal('POST', `/background-task/${body.id}/${what}`)
    expect((await ask('pause')).body).toMatchObject({
      status: 'running',
      pausedAt: expect.any(String),
    })
    await runTasks(bench)
    expect(await runTaskSlice(bench.core, body)).toBe('ended')
    expect(before.length).toBeLessThan(1_500)
    expect(await sentBy(bench, body)).toEqual(before)
    expect((await ask('resume')).body).toMatchObject({ status: 'running', pausedAt: null })
    await runTasks(bench)
    expect(await sentBy(bench, body)).toHaveLength(1_500)
    expect((await ask('pause')).body).toMatchObject({ status: 'finished', pausedAt: null })
    const actions = await bench.auditActions()
    expect(actions.filter((action) => action.startsWith('task.'))).toEqual([
      'task.pause',
      'task.resume',
    ])
  })

  it('is not held by strangers, nor a purge by a customer', async () => {
    const bench = await setupTasks()
    const { path } = await endpointWith(bench)
    const { body } = await bench.request('POST', `${path}/recover`, { since: hoursAgo(1) })
    const at = (token: string, id = body.id) =>
      bench.as(token)('POST', `/background-task/${id}/pause`)
    expect((await at(bench.strangerToken)).status).toBe(404)
    expect((await at(await bench.portalToken(bench.siblingAppId))).status).toBe(404)
    const viewer = await bench.portalToken(bench.appId, ['ViewBase'])
    expect((await at(viewer)).status).toBe(403)
    const purge = await bench.request('POST', `/app/${bench.appId}/msg/expunge-all-contents`)
    const customer = await bench.portalToken(bench.appId)
    expect((await at(customer, purge.body.id)).status).toBe(403)
  })
})
