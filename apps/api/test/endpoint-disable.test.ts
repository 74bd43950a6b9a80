import { disableEndpoint } from '@posthorn/core'
import { describe, expect, it } from 'vitest'
import { type EndpointBench, setupEndpoints } from './endpoint-setup.ts'

const URL_A = 'https://hooks.example.com/a'

async function withWaiting(bench: EndpointBench, count: number) {
  const path = await bench.createPath({ url: URL_A, uid: 'crm' })
  const endpointId = path.split('/').at(-1) ?? ''
  await bench.addDeliveries(endpointId, { count, wait: 'time' })
  return { path, endpointId }
}

describe('disabling an endpoint', () => {
  it('cancels what waits, says who did it, and enabling does not revive it', async () => {
    const bench = await setupEndpoints()
    const { path, endpointId } = await withWaiting(bench, 50)
    expect((await bench.request('GET', path)).body.state).toMatchObject({
      waiting: 50,
      health: 'new',
    })

    const disabled = await bench.request('PATCH', path, { disabled: true })
    expect(disabled.body).toMatchObject({
      disabled: true,
      state: {
        health: 'disabled',
        waiting: 0,
        disabledBy: 'staff',
        disabledAt: expect.any(String),
      },
    })
    expect(await bench.deliveryCounts(endpointId)).toEqual([
      { status: 'canceled', cause: 'endpoint_disabled', wait: null, count: 50 },
    ])
    expect(await bench.canceledBy(endpointId)).toMatch(/^(token|key):/)

    const enabled = await bench.request('PATCH', path, { disabled: false })
    expect(enabled.body).toMatchObject({ disabled: false, state: { waiting: 0, disabledAt: null } })
    expect(await bench.deliveryCounts(endpointId)).toMatchObject([
      { status: 'canceled', count: 50 },
    ])
  })

  it('cancels more than fits into one statement, and leaves alone what is in flight', async () => {
    const bench = await setupEndpoints()
    const { path, endpointId } = await withWaiting(bench, 5_500)
    await bench.addDeliveries(endpointId, { count: 3, wait: null })
    await bench.request('PATCH', path, { disabled: true })
    expect(await bench.deliveryCounts(endpointId)).toEqual([
      { status: 'canceled', cause: 'endpoint_disabled', wait: null, count: 5_500 },
      { status: 'pending', cause: null, wait: null, count: 3 },
    ])
  })

  it('never waits for a delivery that somebody is claiming', async () => {
    const bench = await setupEndpoints()
    const { path, endpointId } = await withWaiting(bench, 2)
    const claimer = await bench.db.hot.connect()
    try {
      await claimer.query('BEGIN')
      await claimer.query('SELECT 1 FROM delivery WHERE endpoint_id = $1 LIMIT 1 FOR UPDATE', [
        endpointId,
      ])
      expect((await bench.request('PATCH', path, { disabled: true })).status).toBe(200)
      expect(await bench.deliveryCounts(endpointId)).toMatchObject([
        { status: 'canceled', count: 1 },
        { status: 'pending', count: 1 },
      ])
    } finally {
      await claimer.query('ROLLBACK')
      claimer.release()
    }
  })

  it('is idempotent for the worker: only the first call changes anything', async () => {
    const bench = await setupEndpoints()
    const { path, endpointId } = await withWaiting(bench, 1)
    const scope = { ...bench.scope, actor: { kind: 'receiver' } } as const
    const disable = () => disableEndpoint(bench.core, scope, { endpointId, by: 'receiver' })
    const answers = await Promise.all([disable(), disable(), disable()])
    expect(answers.filter((isChanged) => isChanged)).toHaveLength(1)
    expect(await disable()).toBe(false)
    expect((await bench.request('GET', path)).body.state.disabledBy).toBe('receiver')
    expect(
      (await bench.auditActions()).filter((action) => action === 'endpoint.disable'),
    ).toHaveLength(1)
    await bench.request('DELETE', path)
    expect(await disable()).toBe(false)
  })
})

describe('enabling an endpoint', () => {
  it('forgets its failures, its breaker and its hold', async () => {
    const bench = await setupEndpoints()
    const { path, endpointId } = await withWaiting(bench, 0)
    await bench.db.hot.query(
      `UPDATE endpoint_state SET failing_since = now() - interval '4 days', failure_count = 99,
              breaker_opened_at = now(), held_until = now() + interval '1 hour' WHERE endpoint_id = $1`,
      [endpointId],
    )
    expect((await bench.request('GET', path)).body.state).toMatchObject({
      health: 'disabled_soon',
      failingSince: expect.any(String),
      breakerOpenedAt: expect.any(String),
      heldUntil: expect.any(String),
    })
    await bench.request('PATCH', path, { disabled: true })
    await bench.request('PATCH', path, { disabled: false })
    expect((await bench.request('GET', path)).body.state).toMatchObject({
      health: 'new',
      failingSince: null,
      breakerOpenedAt: null,
      heldUntil: null,
    })
  })
})

describe('deleting an endpoint', () => {
  it('cancels what waits with that cause', async () => {
    const bench = await setupEndpoints()
    const { path, endpointId } = await withWaiting(bench, 7)
    expect((await bench.request('DELETE', path)).status).toBe(204)
    expect(await bench.deliveryCounts(endpointId)).toEqual([
      { status: 'canceled', cause: 'endpoint_deleted', wait: null, count: 7 },
    ])
  })
})

describe('a limit', () => {
  it("is the endpoint's own, or else its application's, and reaches what waits at once", async () => {
    const bench = await setupEndpoints()
    const states = async (endpointId: string) => {
      const { rows } = await bench.db.hot.query(
        'SELECT rate, lane, next_turn_at IS NOT NULL AS turn FROM endpoint_state WHERE endpoint_id = $1',
        [endpointId],
      )
      return rows[0]
    }
    const { path, endpointId } = await withWaiting(bench, 0)
    expect(await states(endpointId)).toEqual({ rate: null, lane: false, turn: false })
    await bench.request('PATCH', path, { throttleRate: 50 })
    expect(await states(endpointId)).toEqual({ rate: 50, lane: true, turn: true })

    await bench.db.hot.query('UPDATE application SET throttle_rate = 5 WHERE id = $1', [
      bench.appId,
    ])
    await bench.request('PATCH', path, { throttleRate: null })
    expect(await states(endpointId)).toMatchObject({ rate: 5 })
    const other = await bench.createRaw({ url: URL_A })
    expect(await states(other.body.id)).toEqual({ rate: 5, lane: true, turn: false })
    expect(other.body.throttleRate).toBeNull()
  })
})

it('bumps the versions of endpoint and application with every change', async () => {
  const bench = await setupEndpoints()
  const versions = async () => {
    const { rows } = await bench.db.hot.query<{ app: string; endpoint: string }>(
      `SELECT a.version AS app, e.version AS endpoint FROM application a JOIN endpoint e ON e.app_id = a.id
        WHERE a.id = $1`,
      [bench.appId],
    )
    return [Number(rows[0]?.app), Number(rows[0]?.endpoint)] as const
  }
  const path = await bench.createPath({ url: URL_A })
  let [app, endpoint] = await versions()
  const changes = [
    () => bench.request('PATCH', path, { description: 'x' }),
    () => bench.request('PUT', `${path}/headers`, { headers: { 'x-a': '1' } }),
    () => bench.request('POST', `${path}/secret/rotate`, {}),
    () => bench.request('PATCH', path, { disabled: true }),
    () => bench.request('DELETE', path),
  ]
  for (const change of changes) {
    await change()
    ;[app, endpoint] = [app + 1, endpoint + 1]
    expect(await versions()).toEqual([app, endpoint])
  }
})
