import { describe, expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'

async function setup(fields: object = {}) {
  const api = await setupApi()
  const { body: flow } = await api.send('POST', '/flow', { body: { name: 'Orders', ...fields } })
  return { ...api, flow }
}

describe('flows', () => {
  it('are created active with a token of more than 50 characters, shown this once', async () => {
    const { send, flow } = await setup()
    expect(flow).toMatchObject({
      status: 'active',
      mode: 'async',
      refId: 'web1',
      tokenRequired: true,
    })
    expect(flow.token.length).toBeGreaterThan(50)
    expect(flow.url).toBe(`http://127.0.0.1:8072/v1/flow-webhook/${flow.id}`)
    const { token: _shown, ...shown } = flow
    expect((await send('GET', `/flow/${flow.id}`)).body).toEqual(shown)
    const listed = await send('GET', '/flow')
    expect(listed.body.data).toEqual([shown])
  })

  it('are changed field by field, found by uid, and deleted', async () => {
    const api = await setup({ uid: 'orders' })
    const { send, flow } = api
    const changes = {
      status: 'paused',
      mode: 'sync',
      valueTemplate: '{{ res.a }}',
      tokenRequired: false,
    }
    const changed = await send('PATCH', '/flow/orders', { body: changes })
    expect(changed.body).toMatchObject({
      ...changes,
      id: flow.id,
      name: 'Orders',
      statusTemplate: '200',
    })
    expect((await send('DELETE', '/flow/orders')).status).toBe(204)
    expect((await send('GET', '/flow/orders')).status).toBe(404)
    expect(await api.auditActions()).toEqual(
      expect.arrayContaining(['source.create', 'source.update', 'source.delete']),
    )
  })

  it('are listed among the sources by the URL that receives, and have no other', async () => {
    const { send, svix2, flow } = await setup()
    const listed = await send('GET', '/source')
    expect(listed.body.data).toMatchObject([{ id: flow.id, ingestUrl: flow.url }])
    expect((await svix2.ingest.source.get(flow.id)).ingestUrl).toBe(flow.url)
    expect(await send('POST', `/source/${flow.id}/token/rotate`)).toMatchObject({
      status: 400,
      body: { code: 'no_other_url' },
    })
    await expect(svix2.ingest.source.rotateToken(flow.id)).rejects.toMatchObject({ code: 400 })
  })

  it('get another token', async () => {
    const { send, flow } = await setup()
    const { body } = await send('POST', `/flow/${flow.id}/token/rotate`)
    expect(body.token).not.toBe(flow.token)
    expect(body.token.length).toBeGreaterThan(50)
  })

  it.each([
    { refId: 'res' },
    { refId: 'not a name' },
    { status: 'running' },
    { mode: 'later' },
    { valueTemplate: '{% if %}' },
    { statusTemplate: 'x'.repeat(20_001) },
    { name: '' },
  ])('refuse %j with 422', async (fields) => {
    const { send } = await setupApi()
    expect((await send('POST', '/flow', { body: { name: 'a', ...fields } })).status).toBe(422)
  })

  it('are refused without a token, and 404 to another organisation', async () => {
    const { as, flow } = await setup()
    const other = await setupApi()
    expect((await as('')('GET', '/flow')).status).toBe(401)
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/token/rotate'],
    ] as const) {
      const body = method === 'PATCH' ? { body: { name: 'b' } } : {}
      expect((await other.send(method, `/flow/${flow.id}${path}`, body)).status).toBe(404)
    }
  })
})
