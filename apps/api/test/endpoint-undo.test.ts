import { newId } from '@posthorn/runtime'
import { describe, expect, it } from 'vitest'
import { setupEndpoints } from './endpoint-setup.ts'
import { endpointWith } from './task-steps.ts'

async function setupDisabled() {
  const bench = await setupEndpoints()
  const { path, endpointId } = await endpointWith(bench)
  const disable = async (): Promise<string> => {
    const { body } = await bench.request('PATCH', path, { disabled: true })
    return body.state.disabledAt
  }
  const undo = (body: object, call = bench.request) => call('POST', `${path}/undo-disable`, body)
  const add = (count: number, attempts = 0) =>
    bench.addDeliveries(endpointId, { count, wait: 'time', attempts })
  const pending = async () => {
    const { rows } = await bench.db.hot.query<{ attempts: number; due: boolean }>(
      `SELECT attempt_count AS attempts, next_attempt_at <= now() AS due FROM delivery
        WHERE endpoint_id = $1 AND wait IS NOT NULL ORDER BY 1`,
      [endpointId],
    )
    return rows
  }
  return { bench, path, endpointId, disable, undo, add, pending }
}

describe('undoing a disabling', () => {
  it('enables, and goes on with exactly what was canceled then, where its schedule was', async () => {
    const { bench, path, endpointId, disable, undo, add, pending } = await setupDisabled()
    await add(5)
    await disable()
    await bench.request('PATCH', path, { disabled: false })
    await add(2, 3)
    await bench.addDeliveries(endpointId, { count: 4, status: 'failed', attempts: 8 })
    const disabledAt = await disable()
    expect((await undo({ disabledAt, dryRun: true })).body).toEqual({ count: 2, isCapped: false })
    expect((await bench.request('GET', path)).body.disabled).toBe(true)
    const { status, body } = await undo({ disabledAt })
    expect({ status, body }).toEqual({ status: 200, body: { count: 2, isCapped: false } })
    const due = { attempts: 3, due: true }
    expect(await pending()).toEqual([due, due])
    const shown = (await bench.request('GET', path)).body
    expect(shown).toMatchObject({ disabled: false, state: { failingSince: null, waiting: 2 } })
    expect(await bench.deliveryCounts(endpointId)).toContainEqual(
      expect.objectContaining({ status: 'canceled', count: 5 }),
    )
  })

  it('goes on also with what was on its way then, and was canceled as it failed', async () => {
    const { bench, endpointId, disable, undo, pending } = await setupDisabled()
    const old = new Date(Date.now() - 5 * 3_600_000)
    const canceled = { status: 'canceled', cause: 'endpoint_disabled', attempts: 4 } as const
    await bench.addDeliveries(endpointId, { ...canceled, count: 2, at: old })
    await bench.addDeliveries(endpointId, { ...canceled, count: 1, at: new Date(), attempts: 1 })
    await bench.db.hot.query(
      `INSERT INTO attempt (message_id, id, endpoint_id, app_id, trigger, number, success, url, response_status, duration_ms)
       SELECT min(message_id), $2, $1, min(app_id), 'scheduled', 4, false, 'https://hooks.example.com/a', 500, 9
         FROM delivery WHERE endpoint_id = $1 AND attempt_count = 4`,
      [endpointId, newId('atmpt_', Date.now() - 2_000)],
    )
    const disabledAt = await disable()
    expect((await undo({ disabledAt, dryRun: true })).body.count).toBe(2)
    expect((await undo({ disabledAt })).body).toEqual({ count: 2, isCapped: false })
    expect(await pending()).toEqual([
      { attempts: 1, due: true },
      { attempts: 4, due: true },
    ])
    expect((await undo({ disabledAt })).body.count).toBe(0)
  })

  it('asked twice, or once somebody sent it again, goes on with nothing more', async () => {
    const { bench, endpointId, disable, undo, add } = await setupDisabled()
    await add(3)
    const disabledAt = await disable()
    await bench.db.hot.query(
      `UPDATE delivery SET status = 'delivered', cause = NULL WHERE (message_id, endpoint_id) IN (
         SELECT message_id, endpoint_id FROM delivery WHERE endpoint_id = $1 LIMIT 1)`,
      [endpointId],
    )
    expect((await undo({ disabledAt })).body.count).toBe(2)
    expect((await undo({ disabledAt })).body.count).toBe(0)
    expect(await bench.deliveryCounts(endpointId)).toMatchObject([
      { status: 'delivered', count: 1 },
      { status: 'pending', count: 2 },
    ])
  })

  it('of one that was disabled once more changes nothing', async () => {
    const { bench, path, disable, undo, add, pending } = await setupDisabled()
    await add(1)
    const before = await disable()
    await bench.request('PATCH', path, { disabled: false })
    await disable()
    const { status, body } = await undo({ disabledAt: before })
    expect([status, body.code]).toEqual([409, 'disabled_again'])
    expect((await bench.request('GET', path)).body.disabled).toBe(true)
    expect(await pending()).toEqual([])
  })

  it('goes on with more than fits into one statement, once it is enabled already too', async () => {
    const { bench, path, disable, undo, add } = await setupDisabled()
    await add(5_500)
    const disabledAt = await disable()
    await bench.request('PATCH', path, { disabled: false })
    expect((await undo({ disabledAt })).body).toEqual({ count: 5_500, isCapped: false })
  })

  it('leaves two entries in the history, and the mark of it is no task', async () => {
    const { bench, path, endpointId, disable, undo, add } = await setupDisabled()
    await add(1)
    const disabledAt = await disable()
    const { rows } = await bench.db.hot.query<{ id: string }>(
      'SELECT message_id AS id FROM delivery WHERE endpoint_id = $1',
      [endpointId],
    )
    const delivery = `/app/${bench.appId}/msg/${rows[0]?.id}/endpoint/${endpointId}/delivery`
    const canceled = (await bench.request('GET', delivery)).body.scheduled
    expect(canceled).toMatchObject({ statusText: 'canceled', taskId: null })
    await undo({ disabledAt })
    const { body } = await bench.request('GET', `${path}/history`)
    expect(body.data.slice(0, 2)).toMatchObject([
      { action: 'endpoint.resume', changes: { resumed: { to: 1 } } },
      { action: 'endpoint.update', changes: { disabled: { from: true, to: false } } },
    ])
  })

  it('is for those who may change the endpoint, and only for theirs', async () => {
    const { bench, disable, undo, add } = await setupDisabled()
    await add(1)
    const disabledAt = await disable()
    const ask = async (token: string) => (await undo({ disabledAt }, bench.as(token))).status
    expect(await ask(await bench.portalToken(bench.appId, ['ViewBase', 'CreateAttempts']))).toBe(
      403,
    )
    expect(await ask(await bench.portalToken(bench.siblingAppId))).toBe(404)
    expect(await ask(bench.strangerToken)).toBe(404)
    expect(await ask('')).toBe(401)
    expect((await undo({ disabledAt: 'yesterday' })).status).toBe(422)
    expect(await ask(await bench.portalToken(bench.appId, ['ManageEndpoint']))).toBe(200)
  })
})
