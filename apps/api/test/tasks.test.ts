import { claimTask, MAX_RUNNING_TASKS, runTaskSlice } from '@posthorn/core'
import { describe, expect, it } from 'vitest'
import type { EndpointBench } from './endpoint-setup.ts'
import { endpointWith, hoursAgo, runTask, runTasks, sentBy, setupTasks } from './task-steps.ts'

describe.each(['svix1', 'svix2'] as const)('recover through %s', (generation) => {
  it('sends again what failed or was canceled by disabling, and nothing else', async () => {
    const bench = await setupTasks()
    const { endpointId } = await endpointWith(bench)
    const add = (
      count: number,
      row: Omit<Parameters<EndpointBench['addDeliveries']>[1], 'count'>,
    ) => bench.addDeliveries(endpointId, { ...row, count })
    await add(1_100, { status: 'failed' })
    await add(20, { status: 'canceled', cause: 'endpoint_disabled' })
    await add(5, { status: 'failed', payload: null })
    await add(6, { status: 'canceled', cause: 'receiver_aborted' })
    await add(7, { status: 'delivered' })
    await add(8, { wait: 'time' })
    await add(9, { status: 'failed', at: hoursAgo(48) })

    const started = await bench
      .sdk(generation)
      .recover(bench.appId, endpointId, { since: hoursAgo(24) })
    expect(started).toMatchObject({ status: 'running', task: 'endpoint.recover' })
    expect(started.id).toMatch(/^qtask_/)
    await runTasks(bench)

    const task = await bench.sdk(generation).getTask(started.id)
    expect(task).toMatchObject({ id: started.id, status: 'finished', task: 'endpoint.recover' })
    expect(task.data).toMatchObject({ endpointId, done: 1_120, skipped: 5 })
    expect(await sentBy(bench, started)).toHaveLength(1_120)
  })
})

describe('recover', () => {
  it('repeats nothing when a slice dies, and does its work once though two workers run it', async () => {
    const bench = await setupTasks()
    const { path, endpointId } = await endpointWith(bench)
    await bench.addDeliveries(endpointId, { count: 2_500, status: 'failed' })
    const { body } = await bench.request('POST', `${path}/recover`, { since: hoursAgo(24) })
    const [first, second] = await Promise.all([claimTask(bench.core), claimTask(bench.core)])
    expect(new Set([first?.id, second?.id])).toEqual(new Set([body.id, undefined]))
    await Promise.all([runTask(bench, body), runTask(bench, body)])
    const { body: task } = await bench.request('GET', `/background-task/${body.id}`)
    expect(task).toMatchObject({
      status: 'finished',
      data: { done: 2_500 },
      progress: { done: 2_500 },
    })
  })

  it('is claimed again when whoever was at it died', async () => {
    const bench = await setupTasks()
    const { path } = await endpointWith(bench)
    const { body } = await bench.request('POST', `${path}/recover`, { since: hoursAgo(24) })
    expect((await claimTask(bench.core))?.id).toBe(body.id)
    expect(await claimTask(bench.core)).toBeNull()
    await bench.db.hot.query(
      `UPDATE background_task SET leased_until = now() - interval '1 second'`,
    )
    expect((await claimTask(bench.core))?.id).toBe(body.id)
  })

  it.each([
    ['more than 14 days before until', { since: hoursAgo(15 * 24) }],
    ['after until', { since: hoursAgo(1), until: hoursAgo(2) }],
    ['in the future', { since: hoursAgo(-1) }],
    ['missing', {}],
  ])('refuses a since that is %s', async (_, window) => {
    const bench = await setupTasks()
    const { path } = await endpointWith(bench)
    const { status, body } = await bench.request('POST', `${path}/recover`, window)
    expect(status).toBe(422)
    expect(body.detail[0].loc).toEqual(['body', 'since'])
  })

  it('needs an enabled endpoint', async () => {
    const bench = await setupTasks()
    const { path } = await endpointWith(bench)
    await bench.request('PATCH', path, { disabled: true })
    const answer = await bench.request('POST', `${path}/recover`, { since: hoursAgo(1) })
    expect(answer).toMatchObject({ status: 400, body: { code: 'endpoint_disabled' } })
  })

  it('fails when its endpoint goes away meanwhile', async () => {
    const bench = await setupTasks()
    const { path } = await endpointWith(bench)
    const { body } = await bench.request('POST', `${path}/recover`, { since: hoursAgo(1) })
    await bench.request('DELETE', path)
    await runTasks(bench)
    const { body: task } = await bench.request('GET', `/background-task/${body.id}`)
    expect(task).toMatchObject({
      status: 'failed',
      canceledAt: null,
      data: { error: 'endpoint_disabled' },
    })
  })
})

describe('expunge-all-contents', () => {
  it.each(['svix1', 'svix2'] as const)('removes what was published so far, by %s', async (name) => {
    const bench = await setupTasks()
    const { endpointId } = await endpointWith(bench)
    await bench.addDeliveries(endpointId, { count: 1_100, status: 'delivered' })
    const started = await bench.sdk(name).expungeAll(bench.appId)
    expect(started).toMatchObject({ status: 'running', task: 'application.purge_content' })
    const later = { eventType: 'invoice.paid', payload: { n: 1 } }
    const { body: kept } = await bench.request('POST', `/app/${bench.appId}/msg`, later)
    await runTasks(bench)
    const task = await bench.sdk(name).getTask(started.id)
    expect(task).toMatchObject({ status: 'finished', data: { done: 1_100 } })
    const { body } = await bench.request('GET', `/app/${bench.appId}/msg?limit=250`)
    const payloads = body.data.map((one: { payload: unknown }) => JSON.stringify(one.payload))
    expect(new Set(payloads)).toEqual(new Set(['{"n":1}', '{"expired":true}']))
    expect(body.data.find((one: { id: string }) => one.id === kept.id).payload).toEqual({ n: 1 })
    expect(await bench.auditActions()).toContain('application.purge_content')
  })

  it('goes on where it was when whoever was at it died', async () => {
    const bench = await setupTasks()
    const { endpointId } = await endpointWith(bench)
    await bench.addDeliveries(endpointId, { count: 2_500, status: 'delivered' })
    const { body } = await bench.request('POST', `/app/${bench.appId}/msg/expunge-all-contents`)
    expect((await claimTask(bench.core))?.id).toBe(body.id)
    expect(await runTaskSlice(bench.core, body)).toBe('more')
    const task = async () => (await bench.request('GET', `/background-task/${body.id}`)).body
    const { status, progress } = await task()
    expect(status).toBe('running')
    expect(progress.done).toBeGreaterThan(0)
    expect(progress.done).toBeLessThan(2_500)
    await bench.db.hot.query(
      `UPDATE background_task SET leased_until = now() - interval '1 second'`,
    )
    await runTasks(bench)
    expect(await task()).toMatchObject({ status: 'finished', data: { done: 2_500, skipped: 0 } })
    const { rows } = await bench.db.hot.query<{ left: number }>(
      'SELECT count(payload)::int AS left FROM message WHERE app_id = $1',
      [bench.appId],
    )
    expect(rows).toEqual([{ left: 0 }])
  })

  it("is the organisation's alone", async () => {
    const bench = await setupTasks()
    const path = `/app/${bench.appId}/msg/expunge-all-contents`
    const portal = await bench.portalToken(bench.appId)
    expect((await bench.as(portal)('POST', path)).status).toBe(403)
    expect((await bench.as(bench.strangerToken)('POST', path)).status).toBe(404)
    expect((await bench.as('')('POST', path)).status).toBe(401)
  })
})

describe('background tasks', () => {
  it('end as failed when ten slices in a row could not be done', async () => {
    const bench = await setupTasks()
    const { path } = await endpointWith(bench)
    const { body } = await bench.request('POST', `${path}/recover`, { since: hoursAgo(1) })
    await bench.db.hot.query(
      `UPDATE background_task SET type = 'message.broadcast' WHERE id = $1`,
      [body.id],
    )
    const claimAgain = async () => {
      await bench.db.hot.query(
        `UPDATE background_task SET leased_until = now() - interval '1 second'`,
      )
      return claimTask(bench.core)
    }
    for (let n = 0; n < 10; n++) {
      expect((await claimAgain())?.id).toBe(body.id)
      await expect(runTaskSlice(bench.core, body)).rejects.toThrow('message.broadcast')
    }
    expect((await bench.request('GET', `/background-task/${body.id}`)).body.status).toBe('running')
    await claimAgain()
    expect(await runTaskSlice(bench.core, body)).toBe('ended')
    const { body: task } = await bench.request('GET', `/background-task/${body.id}`)
    expect(task).toMatchObject({ status: 'failed', data: { error: 'slices_failed' } })
    expect(await claimAgain()).toBeNull()
  })

  it('run a hundred at a time in one application', async () => {
    const bench = await setupTasks()
    const { path } = await endpointWith(bench)
    await bench.db.hot.query(
      `INSERT INTO background_task (id, org_id, app_id, type, actor)
       SELECT 'qtask_limit' || n, $1, $2, 'endpoint.recover', 'test' FROM generate_series(1, $3) n`,
      [bench.scope.orgId, bench.appId, MAX_RUNNING_TASKS],
    )
    const refused = await bench.request('POST', `${path}/recover`, { since: hoursAgo(1) })
    expect(refused).toMatchObject({ status: 400, body: { code: 'limit_reached' } })
    await bench.db.hot.query(
      `UPDATE background_task SET status = 'finished' WHERE id = 'qtask_limit1'`,
    )
    const started = await bench.request('POST', `${path}/recover`, { since: hoursAgo(1) })
    expect(started.status).toBe(202)
  })

  it('are listed newest first, filtered by status and kind, through both SDKs', async () => {
    const bench = await setupTasks()
    const { path } = await endpointWith(bench)
    const ids = []
    for (const hours of [1, 2]) {
      const { body } = await bench.request('POST', `${path}/recover`, { since: hoursAgo(hours) })
      ids.unshift(body.id)
    }
    for (const generation of ['svix1', 'svix2'] as const) {
      const { data } = await bench.sdk(generation).listTasks()
      expect(data.map((task) => task.id)).toEqual(ids)
    }
    const listed = async (query: string) => {
      const { body } = await bench.request('GET', `/background-task?${query}`)
      return body.data.map((task: { id: string }) => task.id)
    }
    expect(await listed('order=ascending')).toEqual(ids.toReversed())
    expect(await listed('status=finished')).toEqual([])
    expect(await listed('status=running&task=endpoint.recover&limit=1')).toEqual([ids[0]])
    expect((await bench.request('GET', '/background-task?status=lost')).status).toBe(422)
  })

  it('can be canceled: what they did stays, and nothing more happens', async () => {
    const bench = await setupTasks()
    const { path, endpointId } = await endpointWith(bench)
    await bench.addDeliveries(endpointId, { count: 2_500, status: 'failed' })
    const { body } = await bench.request('POST', `${path}/recover`, { since: hoursAgo(24) })
    expect(await runTaskSlice(bench.core, body)).toBe('more')
    const canceled = await bench.request('POST', `/background-task/${body.id}/cancel`)
    expect(canceled.body).toMatchObject({ status: 'failed', canceledAt: expect.any(String) })
    expect(await runTaskSlice(bench.core, body)).toBe('ended')
    const again = await bench.request('POST', `/background-task/${body.id}/cancel`)
    expect(again.body).toEqual(canceled.body)
    const done = canceled.body.data.done
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThanOrEqual(1_000)
  })

  it('are hidden from other organisations, and from portals of other applications', async () => {
    const bench = await setupTasks()
    const { path } = await endpointWith(bench)
    const { body } = await bench.request('POST', `${path}/recover`, { since: hoursAgo(1) })
    const own = await bench.portalToken(bench.appId)
    const sibling = await bench.portalToken(bench.siblingAppId)
    for (const token of [bench.strangerToken, sibling]) {
      expect((await bench.as(token)('GET', `/background-task/${body.id}`)).status).toBe(404)
      expect((await bench.as(token)('POST', `/background-task/${body.id}/cancel`, {})).status).toBe(
        404,
      )
      expect((await bench.as(token)('GET', '/background-task')).body.data).toEqual([])
    }
    expect((await bench.as(own)('GET', '/background-task')).body.data).toHaveLength(1)
    const canceled = await bench.as(own)('POST', `/background-task/${body.id}/cancel`, {})
    expect(canceled.body.canceledAt).not.toBeNull()
    expect((await bench.as('')('GET', `/background-task/${body.id}`)).status).toBe(401)
  })
})
