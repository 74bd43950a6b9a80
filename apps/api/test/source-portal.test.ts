import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { setupStaff } from './staff-setup.ts'

const NEW = { name: 'Calls', type: 'twilio', config: { secret: 'auth-token' } }
const REQUEST = `srcreq_${'0'.repeat(27)}`

async function setup() {
  const api = await setupApi()
  const application = async (name: string) =>
    String((await api.send('POST', '/app', { body: { name } })).body.id)
  const [appId, otherId] = [await application('One'), await application('Two')]
  const source = async (application: string) =>
    (await api.send('POST', '/source', { body: { ...NEW, application } })).body
  const portal = async (capabilities?: readonly string[]) => {
    const path = `/auth/app-portal-access/${appId}`
    const { body } = await api.send('POST', path, { body: { capabilities } })
    return sendAs(api.url, String(body.token))
  }
  return { ...api, appId, otherId, source, portal }
}

/** Every operation on sources, with what it may be sent. */
function operations(id: string): ReadonlyArray<readonly [string, string, object?]> {
  const one = `/source/${id}`
  return [
    ['GET', '/source'],
    ['POST', '/source', NEW],
    ['GET', one],
    ['PATCH', one, { name: 'x' }],
    ['POST', `${one}/token/rotate`],
    ['POST', `${one}/secret/show`],
    ['POST', `${one}/test`, {}],
    ['GET', `${one}/request`],
    ['GET', `${one}/request/${REQUEST}`],
    ['GET', `${one}/request/${REQUEST}/original`],
    ['GET', `${one}/triggered`],
    ['GET', `${one}/quarantine`],
    ['GET', `${one}/quarantine/${REQUEST}`],
    ['POST', `${one}/quarantine/release`, {}],
    ['POST', `${one}/quarantine/${REQUEST}/release`],
    ['DELETE', one],
  ]
}

describe('sources and portal tokens', () => {
  it('are refused to a token that doesn’t name their capabilities, also one that may do all else', async () => {
    const { portal, source, appId } = await setup()
    const { id } = await source(appId)
    for (const send of [await portal(), await portal(['ViewBase', 'ManageEndpoint'])])
      for (const [method, path, body] of [
        ...operations(id),
        ['GET', '/source-type'] as const,
        ['GET', '/source-type/stripe'] as const,
      ])
        expect((await send(method, path, { body })).status, `${method} ${path}`).toBe(403)
  })

  it('are read, and only read, with ViewSources', async () => {
    const { portal, source, appId } = await setup()
    const made = await source(appId)
    const send = await portal(['ViewBase', 'ViewSources'])
    expect((await send('GET', `/source/${made.id}`)).body).toEqual(made)
    expect((await send('GET', '/source-type')).body.data.length).toBeGreaterThan(60)
    for (const [method, path, body] of operations(made.id)) {
      if (method === 'GET') continue
      expect((await send(method, path, { body })).status, `${method} ${path}`).toBe(403)
    }
  })

  it('of another application are a 404 in every operation, and in no list', async () => {
    const { portal, source, appId, otherId, send: organisation } = await setup()
    const [own, foreign] = [await source(appId), await source(otherId)]
    const send = await portal(['ViewSources', 'ManageSources'])
    for (const [method, path, body] of operations(foreign.id)) {
      if (path === '/source') continue
      expect((await send(method, path, { body })).status, `${method} ${path}`).toBe(404)
    }
    const { data } = (await send('GET', '/source')).body
    expect(data.map(({ id }: { id: string }) => id)).toEqual([own.id])
    expect((await organisation('GET', `/source/${foreign.id}`)).status).toBe(200)
  })

  it('are made in the token’s application and no other, without a uid', async () => {
    const { portal, appId, otherId } = await setup()
    const send = await portal(['ViewSources', 'ManageSources'])
    const create = (extra: object) => send('POST', '/source', { body: { ...NEW, ...extra } })
    expect(await create({})).toMatchObject({ status: 201, body: { appId } })
    expect(await create({ application: appId })).toMatchObject({ status: 201, body: { appId } })
    expect((await create({ application: otherId })).status).toBe(404)
    expect(await create({ uid: 'mine' })).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'uid'] }] },
    })
    const { id } = (await create({})).body
    const patched = await send('PATCH', `/source/${id}`, { body: { uid: 'mine' } })
    expect(patched).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', 'uid'] }] } })
  })

  it('are changed with ManageSources, and the record says which session did', async () => {
    const { portal, source, appId, core } = await setup()
    const { id, ingestUrl } = await source(appId)
    const send = await portal(['ViewSources', 'ManageSources'])
    expect((await send('PATCH', `/source/${id}`, { body: { name: 'Texts' } })).status).toBe(200)
    const rotated = await send('POST', `/source/${id}/token/rotate`)
    expect(rotated.body.ingestUrl).not.toBe(ingestUrl)
    expect((await send('GET', `/source/${id}`)).body.ingestUrl).toBe(rotated.body.ingestUrl)
    expect((await send('DELETE', `/source/${id}`)).status).toBe(204)
    const records = await core.db.prisma.auditRecord.findMany({
      where: { target: id, actor: { startsWith: 'portal:' } },
    })
    expect(records.map(({ action }) => action).sort()).toEqual([
      'source.delete',
      'source.rotate_token',
      'source.update',
    ])
  })
})

describe('sources and roles of the console', () => {
  it('are seen by viewers, released and tried by support, changed by admins', async () => {
    const { join, owner } = await setupStaff()
    const { body: made } = await owner.call('POST', '/source', { body: NEW })
    const one = `/source/${made.id}`
    const [viewer, support, admin] = [
      await join('viewer'),
      await join('support'),
      await join('admin'),
    ]
    const status = async (of: typeof viewer, request: string, body?: object) => {
      const [method = '', path = ''] = request.split(' ')
      return (await of.call(method, path, body === undefined ? {} : { body })).status
    }
    expect(await status(viewer, `GET ${one}`)).toBe(200)
    expect(await status(viewer, `GET ${one}/request`)).toBe(200)
    expect(await status(viewer, `GET ${one}/quarantine/${REQUEST}`)).toBe(403)
    expect(await status(viewer, `POST ${one}/quarantine/release`, {})).toBe(403)
    expect(await status(viewer, `POST ${one}/test`, {})).toBe(403)
    expect(await status(support, `GET ${one}/quarantine/${REQUEST}`)).toBe(404)
    expect(await status(support, `POST ${one}/quarantine/release`, {})).toBe(200)
    expect(await status(support, `PATCH ${one}`, { name: 'x' })).toBe(403)
    expect(await status(admin, `PATCH ${one}`, { name: 'x' })).toBe(200)
    expect(await status(admin, `POST ${one}/token/rotate`)).toBe(200)
  })
})
