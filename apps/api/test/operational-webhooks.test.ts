import { newId } from '@posthorn/runtime'
import { describe, expect, it } from 'vitest'
import { type EndpointBench, setupEndpoints } from './endpoint-setup.ts'

const URL_A = 'https://hooks.example.com/a'
const LISTENER = 'https://ops.example.com/'

async function reports(bench: EndpointBench): Promise<{ type: string; data: object }[]> {
  const { rows } = await bench.db.hot.query<{ payload: string }>(
    `SELECT m.payload FROM message m JOIN organisation o ON o.operational_app_id = m.app_id
      WHERE o.id = $1 ORDER BY m.id`,
    [bench.scope.orgId],
  )
  return rows.map((row) => JSON.parse(row.payload))
}

describe.each(['svix1', 'svix2'] as const)('operational endpoints through %s', (generation) => {
  it('are created, read, listed, replaced and deleted, with headers and a secret', async () => {
    const bench = await setupEndpoints()
    const sdk = bench.operationalSdk(generation)
    const created = await sdk.create({
      url: LISTENER,
      uid: 'ops',
      eventTypes: ['endpoint.disabled'],
    })
    expect(created).toMatchObject({ url: LISTENER, uid: 'ops', eventTypes: ['endpoint.disabled'] })
    expect(await sdk.get('ops')).toEqual(created)
    expect((await sdk.list()).data).toEqual([created])
    expect(await sdk.put('ops', { url: LISTENER, description: 'x' })).toMatchObject({
      id: created.id,
      description: 'x',
      eventTypes: null,
    })
    await sdk.setHeaders(created.id, { headers: { 'X-A': '1', Authorization: 'x' } })
    expect(await sdk.getHeaders(created.id)).toEqual({
      headers: { 'X-A': '1' },
      sensitive: ['Authorization'],
    })
    const before = await sdk.getSecret(created.id)
    await sdk.rotateSecret(created.id)
    expect((await sdk.getSecret(created.id)).key).not.toBe(before.key)
    await sdk.delete(created.id)
    expect((await sdk.list()).data).toEqual([])
  })
})

describe('the attempts at an operational endpoint', () => {
  it('are listed newest first, for the organisation alone', async () => {
    const bench = await setupEndpoints()
    const { body: listener } = await bench.request('POST', '/operational-webhook/endpoint', {
      url: LISTENER,
    })
    await bench.createPath({ url: URL_A })
    const path = `/operational-webhook/endpoint/${listener.id}/attempt`
    expect((await bench.request('GET', path)).body.data).toEqual([])
    const ids = [0, 1].map((second) => newId('atmpt_', Date.now() + second * 1_000))
    await bench.db.hot.query(
      `INSERT INTO attempt (message_id, id, endpoint_id, app_id, trigger, number, success, code, url, response_status, duration_ms)
       SELECT d.message_id, a.id, d.endpoint_id, d.app_id, 'scheduled', 1, false, 'http_503', $3, 503, 7
         FROM delivery d, unnest($2::text[]) a (id) WHERE d.endpoint_id = $1`,
      [listener.id, ids, LISTENER],
    )
    const { body } = await bench.request('GET', path)
    expect(body.data.map((one: { id: string }) => one.id)).toEqual(ids.toReversed())
    expect(body.data[0]).toMatchObject({ responseStatusCode: 503, outcome: { code: 'http_503' } })
    const next = await bench.request('GET', `${path}?limit=1&iterator=${ids[1]}`)
    expect(next.body.data).toMatchObject([{ id: ids[0] }])
    const portal = await bench.portalToken(bench.appId)
    expect((await bench.as(portal)('GET', path)).status).toBe(403)
    expect((await bench.as(bench.strangerToken)('GET', path)).status).toBe(404)
    expect((await bench.as('')('GET', path)).status).toBe(401)
  })
})

describe('operational webhooks', () => {
  it('tell of every change of an endpoint, in the transaction of the change', async () => {
    const bench = await setupEndpoints()
    await bench.request('POST', '/operational-webhook/endpoint', { url: LISTENER })
    const path = await bench.createPath({ url: URL_A, uid: 'crm' })
    await bench.request('PATCH', path, { description: 'x' })
    await bench.request('PATCH', path, { disabled: true })
    await bench.request('PATCH', path, { disabled: false })
    await bench.request('POST', `${path}/secret/rotate`, {})
    await bench.request('PATCH', path, { url: URL_A, description: 'x' })
    await bench.request('DELETE', path)
    const endpointId = path.split('/').at(-1)
    const about = { appId: bench.appId, appUid: 'own', endpointId, endpointUid: 'crm' }
    expect(await reports(bench)).toEqual([
      { type: 'endpoint.created', data: about },
      { type: 'endpoint.updated', data: about },
      { type: 'endpoint.disabled', data: { ...about, failSince: null, trigger: 'manual' } },
      { type: 'endpoint.enabled', data: about },
      { type: 'endpoint.updated', data: about },
      { type: 'endpoint.deleted', data: about },
    ])
  })

  it('wait to be sent to every endpoint that listens for their type', async () => {
    const bench = await setupEndpoints()
    const listen = async (body: object) =>
      (await bench.request('POST', '/operational-webhook/endpoint', { url: LISTENER, ...body }))
        .body.id
    const all = await listen({})
    const matching = await listen({ eventTypes: ['endpoint.created'] })
    await listen({ eventTypes: ['endpoint.deleted'] })
    await listen({ disabled: true })
    await bench.createPath({ url: URL_A })
    const { rows } = await bench.db.hot.query<{ endpoint_id: string }>(
      `SELECT d.endpoint_id FROM delivery d JOIN organisation o ON o.operational_app_id = d.app_id
        WHERE o.id = $1 AND status = 'pending' AND wait = 'time' AND next_attempt_at <= now()`,
      [bench.scope.orgId],
    )
    expect(new Set(rows.map((row) => row.endpoint_id))).toEqual(new Set([all, matching]))
  })

  it('cost nothing and store nothing when nobody listens, and never tell of themselves', async () => {
    const bench = await setupEndpoints()
    await bench.createPath({ url: URL_A })
    expect(await reports(bench)).toEqual([])
    const { body } = await bench.request('POST', '/operational-webhook/endpoint', { url: LISTENER })
    await bench.request('PUT', `/operational-webhook/endpoint/${body.id}`, {
      url: LISTENER,
      description: 'x',
    })
    expect(await reports(bench)).toEqual([])
  })

  it('can only be filtered by types that exist', async () => {
    const bench = await setupEndpoints()
    const body = { url: LISTENER, eventTypes: ['invoice.paid'] }
    const answer = await bench.request('POST', '/operational-webhook/endpoint', body)
    expect(answer.status).toBe(422)
    expect(answer.body.detail[0].loc).toEqual(['body', 'eventTypes'])
  })

  it('belong to the organisation: a portal token gets 403, another organisation sees its own', async () => {
    const bench = await setupEndpoints()
    const { body } = await bench.request('POST', '/operational-webhook/endpoint', { url: LISTENER })
    const path = `/operational-webhook/endpoint/${body.id}`
    const portal = await bench.portalToken(bench.appId)
    expect((await bench.as(portal)('GET', path)).status).toBe(403)
    expect((await bench.as(bench.strangerToken)('GET', path)).status).toBe(404)
    expect((await bench.as('')('GET', path)).status).toBe(401)
    const asOwnEndpoint = await bench.request('GET', `/app/${bench.appId}/endpoint/${body.id}`)
    expect(asOwnEndpoint.status).toBe(404)
  })
})
