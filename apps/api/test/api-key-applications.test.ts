import { isRoleAtLeast } from '@posthorn/core/staff'
import { describe, expect, it } from 'vitest'
import { leastRole } from '../src/http/least-role.ts'
import { apiRoutes } from '../src/routes/index.ts'
import type { ApiAnswer } from './api-setup.ts'
import { setupStaff } from './staff-setup.ts'

/** An organisation of two applications, each with an endpoint and a message, and a key for the first alone. */
async function setupLimited() {
  const staff = await setupStaff()
  const { send, as, owner } = staff
  const addApplication = async (uid: string) => {
    const { body: app } = await send('POST', '/app', { body: { name: uid, uid } })
    const url = 'https://hooks.example.com/a'
    const { body: endpoint } = await send('POST', `/app/${uid}/endpoint`, { body: { url } })
    const body = { eventType: 'a.b', payload: {} }
    const { body: message } = await send('POST', `/app/${uid}/msg`, { body })
    return { appId: app.id, endpointId: endpoint.id, messageId: message.id }
  }
  const [own, other] = [await addApplication('own'), await addApplication('other')]
  const create = (fields: object = {}) =>
    owner.call('POST', '/api-key', {
      body: { name: 'key', scopes: ['read', 'write', 'publish'], applications: ['own'], ...fields },
    })
  const { body: key } = await create()
  return { ...staff, own, other, create, key, limited: as(key.key) }
}

type Limited = Awaited<ReturnType<typeof setupLimited>>

/** The path of a route with everything in it that is of the other application. */
function pathOf(path: string, { other }: Limited): string {
  const values: Readonly<Record<string, string>> = {
    appId: other.appId,
    endpointId: other.endpointId,
    msgId: other.messageId,
  }
  return path.replaceAll(/:(\w+)/g, (_whole, name: string) => values[name] ?? `${name}_of_another`)
}

const BEARER = new Set(['organisation', 'administration', 'application', 'either', 'losant'])

describe('an API key that is limited to applications', () => {
  it('does in its own what its scopes allow', async () => {
    const { limited, own } = await setupLimited()
    const publish = { body: { eventType: 'a.b', payload: { n: 1 } } }
    expect((await limited('GET', '/app/own')).status).toBe(200)
    expect((await limited('GET', `/app/${own.appId}/endpoint`)).body.data).toHaveLength(1)
    const answer: ApiAnswer = await limited('POST', '/app/own/msg', publish)
    expect(answer.status).toBe(202)
    expect((await limited('GET', `/app/own/msg/${answer.body.id}`)).status).toBe(200)
    const change = { body: { description: 'mine' } }
    const path = `/app/own/endpoint/${own.endpointId}`
    expect((await limited('PATCH', path, change)).status).toBe(200)
  })

  it("has a 404 for another application's id on every operation below an application, and a 403 on all others that keep to no limit", async () => {
    const bench = await setupLimited()
    const routes = apiRoutes.filter(
      ({ access }) => BEARER.has(access.of) && !('keepsToLimit' in access),
    )
    expect(routes.length).toBeGreaterThan(100)
    for (const route of routes) {
      const { status } = await fetch(bench.url + pathOf(route.path, bench), {
        method: route.method.toUpperCase(),
        headers: { authorization: `Bearer ${bench.key.key}` },
        ...(route.method === 'get' ? {} : { body: '{}' }),
      })
      const expected = route.access.of === 'application' ? [404] : [403]
      // Some ask for a query before they look at who asks.
      if (status !== 422) expect(expected, `${route.operationId}: ${status}`).toContain(status)
      else expect(route.query, route.operationId).toBeDefined()
    }
  })

  it('lists and finds its own alone', async () => {
    const { limited, own } = await setupLimited()
    const mine = [{ id: own.appId }]
    expect((await limited('GET', '/app')).body.data).toMatchObject(mine)
    expect((await limited('GET', '/support/application')).body.data).toMatchObject(mine)
    const { body: found } = await limited('GET', '/support/search?q=hooks.example.com')
    expect(found.endpoints).toMatchObject([{ id: own.endpointId, appId: own.appId }])
  })

  it('publishes to no other application, known or unknown, nor makes one by it', async () => {
    const { limited, other, core, orgId } = await setupLimited()
    const message = { eventType: 'a.b', payload: {} }
    for (const name of ['other', other.appId, 'nobody'])
      expect((await limited('POST', `/app/${name}/msg`, { body: message })).body).toEqual({
        code: 'not_found',
        detail: 'Application not found',
      })
    const application = { name: 'New', uid: 'new' }
    const made = await limited('POST', '/app/new/msg', { body: { ...message, application } })
    expect(made.status).toBe(404)
    expect(await core.db.prisma.application.count({ where: { orgId, uid: 'new' } })).toBe(0)
    expect(await core.db.prisma.message.count({ where: { appId: other.appId } })).toBe(1)
  })

  it('opens the portals of its own applications alone, and makes none for it', async () => {
    const { limited, own, other, as, core, orgId } = await setupLimited()
    const forAdmins = apiRoutes.filter(
      (route) => 'keepsToLimit' in route.access && !isRoleAtLeast('support', leastRole(route)),
    )
    const paths = ['/auth/app-portal-access', '/auth/dashboard-access']
    expect(forAdmins.map(({ path }) => path)).toEqual(paths.map((path) => `/api/v1${path}/:appId`))
    for (const path of paths) {
      const { body } = await limited('POST', `${path}/own`, { body: {} })
      expect((await as(body.token)('GET', `/app/${own.appId}`)).status).toBe(200)
      expect((await as(body.token)('GET', `/app/${other.appId}`)).status).toBe(404)
      const application = { name: 'New', uid: 'new' }
      for (const name of ['other', other.appId, 'new']) {
        const refused = await limited('POST', `${path}/${name}`, { body: { application } })
        expect(refused).toMatchObject({ status: 404, body: { detail: 'Application not found' } })
      }
    }
    expect(await core.db.prisma.application.count({ where: { orgId, uid: 'new' } })).toBe(0)
  })

  it('grants in a portal no more than it may do itself', async () => {
    const { limited, create, as, send } = await setupLimited()
    const path = '/auth/app-portal-access/own'
    const ask = (...capabilities: string[]) => ({ body: { capabilities } })
    expect((await limited('POST', path, ask('ViewBase', 'ManageEndpoint'))).status).toBe(200)
    for (const one of ['ViewSources', 'ManageSources']) {
      expect((await limited('POST', path, ask('ViewBase', one))).status).toBe(403)
      expect((await send('POST', path, ask('ViewBase', one))).status).toBe(200)
    }
    for (const scopes of [['read'], ['publish']]) {
      const { body: weaker } = await create({ scopes })
      expect((await as(weaker.key)('POST', path, ask('ViewBase'))).status).toBe(403)
    }
  })

  it('gets nothing of another by an endpoint or a message of it under its own path', async () => {
    const { limited, other } = await setupLimited()
    for (const path of [
      `/app/own/endpoint/${other.endpointId}`,
      `/app/own/msg/${other.messageId}`,
      `/app/own/endpoint/${other.endpointId}/msg`,
    ])
      expect((await limited('GET', path)).status, path).toBe(404)
  })

  it('stays limited when it is rotated, and when its application is deleted', async () => {
    const { owner, as, key, send } = await setupLimited()
    const { body: next } = await owner.call('POST', `/api-key/${key.id}/rotate`, { body: {} })
    const rotated = as(next.key)
    expect((await rotated('GET', '/app/own')).status).toBe(200)
    expect((await rotated('GET', '/app/other')).status).toBe(404)
    await send('DELETE', '/app/own')
    expect((await rotated('GET', '/app/other')).status).toBe(404)
    expect((await rotated('GET', '/app')).body.data).toEqual([])
    const { body: list } = await owner.call('GET', '/api-key')
    expect(list.data[0].applications).toMatchObject([{ name: null }])
  })

  it('is told with its applications, and made only for those that are there, without the scope admin', async () => {
    const { create, key, own, owner } = await setupLimited()
    expect(key.applications).toEqual([{ id: own.appId, name: 'own' }])
    expect((await owner.call('GET', '/api-key')).body.data[0]).toMatchObject({
      applications: [{ id: own.appId, name: 'own' }],
    })
    expect((await create({ applications: ['nobody'] })).status).toBe(422)
    expect((await create({ scopes: ['read', 'admin'] })).status).toBe(422)
    expect((await create({ applications: [] })).body.applications).toBeNull()
    const stranger = await setupStaff()
    const theirs = { name: 'key', scopes: ['read'], applications: [own.appId] }
    expect((await stranger.owner.call('POST', '/api-key', { body: theirs })).status).toBe(422)
  })
})
