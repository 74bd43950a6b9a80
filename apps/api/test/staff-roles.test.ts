import { describe, expect, it } from 'vitest'
import { setupStaff } from './staff-setup.ts'

describe('roles', () => {
  it('let a viewer read without contents, and change nothing', async () => {
    const { join, send } = await setupStaff()
    const viewer = await join('viewer')
    const { body: app } = await send('POST', '/app', { body: { name: 'Acme' } })
    const { body: message } = await send('POST', `/app/${app.id}/msg`, {
      body: { eventType: 'a.b', payload: { secret: 'of the customer' } },
    })
    expect((await viewer.call('POST', '/app', { body: { name: 'No' } })).status).toBe(403)
    const path = `/app/${app.id}/msg/${message.id}?with_content=true`
    const seen = await viewer.call('GET', path)
    expect(seen.status).toBe(200)
    expect(JSON.stringify(seen.body)).not.toContain('of the customer')
    expect((await viewer.call('POST', `/app/${app.id}/msg`, { body: {} })).status).toBe(403)
    const support = await join('support')
    expect(JSON.stringify((await support.call('GET', path)).body)).toContain('of the customer')
    const attempt = `/app/${app.id}/msg/${message.id}/attempt/atmpt_3MbyHXTOlnTXATNjgreU2tu5N8z`
    expect((await viewer.call('GET', attempt)).status).toBe(403)
    expect((await support.call('GET', attempt)).status).toBe(404)
  })

  it('let support stop what waits or make it now, and a viewer neither', async () => {
    const { join, send } = await setupStaff()
    const [viewer, support] = [await join('viewer'), await join('support')]
    const { body: app } = await send('POST', '/app', { body: { name: 'Acme' } })
    const { body: message } = await send('POST', `/app/${app.id}/msg`, {
      body: { eventType: 'a.b', payload: {} },
    })
    const path = `/app/${app.id}/msg/${message.id}/endpoint/nobodys/delivery`
    for (const action of ['cancel', 'retry-now']) {
      expect((await viewer.call('POST', `${path}/${action}`)).status, action).toBe(403)
      expect((await support.call('POST', `${path}/${action}`)).status, action).toBe(404)
    }
  })

  it('leave keys and the record to admins, users to owners', async () => {
    const { join, owner } = await setupStaff()
    const support = await join('support')
    const admin = await join('admin')
    for (const path of ['/api-key', '/audit', '/staff/user', '/staff/invitation'])
      expect((await support.call('GET', path)).status, path).toBe(403)
    expect((await admin.call('GET', '/audit')).status).toBe(200)
    expect((await admin.call('GET', '/staff/user')).status).toBe(403)
    const key = { name: 'k', scopes: ['admin'] }
    expect((await admin.call('POST', '/api-key', { body: key })).status).toBe(403)
    expect((await owner.call('POST', '/api-key', { body: key })).status).toBe(201)
  })

  it('are changed by owners, at once, and the last owner stays one', async () => {
    const { join, owner } = await setupStaff()
    const support = await join('support')
    const { body: me } = await owner.send('GET', '/staff/me')
    const change = (id: string, body: object) => owner.call('PATCH', `/staff/user/${id}`, { body })
    expect((await change(me.id, { role: 'admin' })).body.code).toBe('last_owner')
    expect((await change(me.id, { disabled: true })).body.code).toBe('last_owner')
    expect((await change(support.id, { disabled: true })).status).toBe(204)
    expect((await support.call('GET', '/app')).status).toBe(403)
    expect((await change(support.id, { disabled: false, role: 'owner' })).status).toBe(204)
    const answers = await Promise.all([
      change(me.id, { role: 'admin' }),
      support.call('PATCH', `/staff/user/${support.id}`, { body: { role: 'admin' } }),
    ])
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
  })

  it('do not reach into another organisation', async () => {
    const { owner } = await setupStaff()
    const other = await setupStaff()
    const { body } = await other.owner.send('GET', '/staff/me')
    const patch = await owner.call('PATCH', `/staff/user/${body.id}`, { body: { role: 'viewer' } })
    expect(patch.status).toBe(404)
  })
})

describe('API keys', () => {
  it('without the scope admin manage neither keys nor users', async () => {
    const { apiKey, as } = await setupStaff()
    const { text } = await apiKey()
    expect((await as(text)('GET', '/api-key')).status).toBe(403)
    expect((await as(text)('GET', '/staff/user')).status).toBe(403)
    const { text: strong } = await apiKey({ scopes: ['admin'] })
    expect((await as(strong)('GET', '/api-key')).status).toBe(200)
  })

  it('are shown once, work, and end when revoked', async () => {
    const { owner, as } = await setupStaff()
    const { body } = await owner.call('POST', '/api-key', {
      body: { name: 'Billing', scopes: ['read'] },
    })
    expect((await as(body.key)('GET', '/app')).status).toBe(200)
    const { body: list } = await owner.call('GET', '/api-key')
    expect(JSON.stringify(list)).not.toContain(body.key)
    expect((await owner.call('DELETE', `/api-key/${body.id}`)).status).toBe(204)
    expect((await as(body.key)('GET', '/app')).status).toBe(401)
  })
})

describe("a customer's portal opened by staff", () => {
  it('is read-only for an hour, and its session says whose it is', async () => {
    const api = await setupStaff()
    const { join, send, as } = api
    const support = await join('support')
    await send('POST', '/app', { body: { name: 'Acme', uid: 'acme' } })
    const { body, status } = await support.call('POST', '/staff/portal-access/acme', { body: {} })
    expect(status).toBe(200)
    const claims = JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString())
    expect(claims.sid).toBe(`staff-${support.id}`)
    expect(claims.exp - claims.iat).toBeLessThanOrEqual(3_600)
    expect((await as(body.token)('GET', '/app/acme/endpoint')).status).toBe(200)
    const url = 'https://example.com/hook'
    expect((await as(body.token)('POST', '/app/acme/endpoint', { body: { url } })).status).toBe(403)
    expect(await api.auditActions()).toContain('portal_access.create')
    const manage = { body: { canManage: true } }
    expect((await support.call('POST', '/staff/portal-access/acme', manage)).status).toBe(403)
  })
})

describe('the audit record', () => {
  it('tells whose payloads staff read; what shows none leaves no row, nor does a viewer', async () => {
    const api = await setupStaff()
    const { body: app } = await api.send('POST', '/app', { body: { name: 'Acme' } })
    const { body: message } = await api.send('POST', `/app/${app.id}/msg`, {
      body: { eventType: 'a.b', payload: {} },
    })
    const path = `/app/${app.id}/msg/${message.id}`
    const viewer = await api.join('viewer')
    await viewer.call('GET', path)
    const support = await api.join('support')
    await support.call('GET', `${path}?with_content=false`)
    await support.call('GET', path)
    const { body } = await api.owner.call('GET', '/audit?action=message.read')
    expect(body.data).toMatchObject([
      { actor: `user:${support.id}`, action: 'message.read', target: message.id, appId: app.id },
    ])
  })

  it('is listed newest first, page by page, by actor, action and target', async () => {
    const { owner } = await setupStaff()
    for (const name of ['one', 'two', 'three']) await owner.call('POST', '/app', { body: { name } })
    const first = await owner.call('GET', '/audit?limit=2&action=application.create')
    expect(first.body.data).toHaveLength(2)
    const { iterator } = first.body
    const rest = await owner.call('GET', `/audit?limit=2&action=application&iterator=${iterator}`)
    expect(rest.body.data).toHaveLength(1)
    const none = await owner.call('GET', '/audit?actor=user:nobody')
    expect(none.body).toMatchObject({ data: [], done: true })
    expect((await owner.call('GET', '/audit?after=2149-01-01T00:00:00Z')).body.data).toEqual([])
  })
})
