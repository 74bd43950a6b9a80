import { createPortalAccess, createTokens } from '@posthorn/core'
import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { JWT_SECRET, startTestApi } from './test-api.ts'

const HOUR_SECONDS = 3600

async function setupPortal() {
  const bench = await setupApi()
  const { body: app } = await bench.send('POST', '/app', { body: { name: 'One', uid: 'one' } })
  const { body: sibling } = await bench.send('POST', '/app', { body: { name: 'Two' } })
  return {
    ...bench,
    app,
    sibling,
    access: async (body: object = {}) => {
      const path = `/auth/app-portal-access/${app.id}`
      const answer = await bench.send('POST', path, { body })
      return { answer, send: sendAs(bench.url, answer.body.token) }
    },
  }
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

describe('app-portal-access through the SDKs', () => {
  it('gives a link whose fragment holds the application and a token for it', async () => {
    const { app, svix1, svix2, url } = await setupPortal()
    const links = [
      await svix1.authentication.appPortalAccess('one', {}),
      await svix1.authentication.dashboardAccess('one'),
      await svix2.authentication.appPortalAccess(app.id, { expiry: HOUR_SECONDS }),
    ]
    for (const link of links) {
      const [page, key = ''] = link.url.split('#key=')
      expect(page).toBe(`${url}/login`)
      expect(JSON.parse(Buffer.from(key, 'base64').toString())).toEqual({
        appId: app.id,
        token: link.token,
      })
      expect((await sendAs(url, link.token)('GET', `/app/${app.id}`)).body.id).toBe(app.id)
    }
  })

  it('is given, by its older name, whatever the body is', async () => {
    const { send } = await setupPortal()
    for (const body of [undefined, '', '{}', '{"a":1}', '[]', 'null', 'no json']) {
      const path = '/auth/dashboard-access/one'
      const answer = await send('POST', path, body === undefined ? {} : { body })
      expect(answer).toMatchObject({ status: 200, body: { token: expect.any(String) } })
    }
    expect((await send('POST', '/auth/dashboard-access/none')).status).toBe(404)
  })

  it('ends with logout', async () => {
    const { svix1, svix2, url } = await setupPortal()
    const { token } = await svix1.authentication.appPortalAccess('one', {})
    const send = sendAs(url, token)
    expect((await send('GET', '/app/one')).status).toBe(200)
    expect((await send('POST', '/auth/logout')).status).toBe(204)
    expect((await send('GET', '/app/one')).status).toBe(401)
    await svix2.authentication.appPortalAccess('one', {})
  })

  it('ends with expireAll: all of them, or the sessions named', async () => {
    const { svix2, url } = await setupPortal()
    const token = async (sessionId?: string) =>
      (
        await svix2.authentication.appPortalAccess(
          'one',
          sessionId === undefined ? {} : { sessionId },
        )
      ).token
    const [ann, bob, anonymous] = [await token('ann'), await token('bob'), await token()]
    const status = async (bearer: string) => (await sendAs(url, bearer)('GET', '/app/one')).status
    expect(await Promise.all([ann, bob, anonymous].map(status))).toEqual([200, 200, 200])
    await svix2.authentication.expireAll('one', { sessionIds: ['ann'] })
    expect(await Promise.all([ann, bob, anonymous].map(status))).toEqual([401, 200, 200])
    await svix2.authentication.expireAll('one', {})
    const later = await token('ann')
    expect(await Promise.all([ann, bob, anonymous, later].map(status))).toEqual([
      401, 401, 401, 200,
    ])
  })

  it('ends a while after expireAll when it is given one, whatever is asked in between', async () => {
    const { core, app, svix2, url } = await setupPortal()
    const { token } = await svix2.authentication.appPortalAccess('one', { sessionId: 'ann' })
    const status = async () => (await sendAs(url, token)('GET', '/app/one')).status
    await svix2.authentication.expireAll('one', { expiry: 60 })
    expect(await status()).toBe(200)
    await core.db.prisma.$executeRaw`
      UPDATE revocation SET expires_at = expires_at - interval '61 seconds' WHERE subject = ${`app:${app.id}:later`}`
    await svix2.authentication.expireAll('one', { expiry: 3600 })
    expect(await status()).toBe(401)
  })
})

describe('POST /auth/app-portal-access/{id}', () => {
  it('creates the application that it brings along, if its uid is the one in the path', async () => {
    const { send } = await setupPortal()
    const access = (path: string, application?: object) =>
      send('POST', `/auth/app-portal-access/${path}`, { body: { application } })
    expect(await access('new')).toMatchObject({
      status: 404,
      body: { code: 'not_found', detail: 'Application not found' },
    })
    expect(await access('new', { name: 'New' })).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'application', 'uid'], type: 'application_uid_missing' }] },
    })
    expect(await access('new', { name: 'New', uid: 'other' })).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'application', 'uid'], type: 'application_uid_mismatch' }] },
    })
    expect((await access('new', { name: 'New', uid: 'new' })).status).toBe(200)
    expect((await access('one', { name: 'Ignored', uid: 'else' })).status).toBe(200)
    expect((await send('GET', '/app/new')).body.name).toBe('New')
    expect((await send('GET', '/app/one')).body.name).toBe('One')
  })

  it('links to POSTHORN_PUBLIC_URL, and believes no forwarded header about where it is', async () => {
    const { databaseUrl, send, token, url } = await setupPortal()
    const path = '/auth/app-portal-access/one'
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' }
    const plain = await send('POST', path, { body: {}, headers })
    expect(plain.body.url.startsWith(`${url}/login#key=`)).toBe(true)
    const env = { POSTHORN_PUBLIC_URL: 'https://hooks.example.com/' }
    await using proxied = await startTestApi({ databaseUrl, env })
    const { body } = await sendAs(proxied.url, token)('POST', path, { body: {}, headers })
    expect(body.url.startsWith('https://hooks.example.com/login#key=')).toBe(true)
  })

  it('makes tokens that live as long as asked, seven days at most', async () => {
    const { access } = await setupPortal()
    const life = async (body: object) => {
      const { iat, exp } = claimsOf((await access(body)).answer.body.token)
      return Math.ceil(Number(exp) - Number(iat))
    }
    expect(await life({ expiry: HOUR_SECONDS })).toBe(HOUR_SECONDS)
    expect(await life({})).toBe(7 * 24 * HOUR_SECONDS)
  })

  it.each([
    [{ expiry: 3599 }, 'expiry'],
    [{ expiry: 604_801 }, 'expiry'],
    [{ capabilities: ['All'] }, 'capabilities'],
    [{ sessionId: 'a b' }, 'sessionId'],
    [{ sessionId: 'x'.repeat(65) }, 'sessionId'],
    [{ featureFlags: ['a b'] }, 'featureFlags'],
  ])('refuses %j and names the field', async (body, field) => {
    const { access } = await setupPortal()
    const { answer } = await access(body)
    expect(answer.status).toBe(422)
    expect(answer.body.detail[0].loc.slice(0, 2)).toEqual(['body', field])
  })

  it("is not for a portal token, nor for another organisation's application", async () => {
    const { access, app, send } = await setupPortal()
    const { send: stranger } = await setupApi()
    const portal = await access()
    for (const path of [`/auth/app-portal-access/${app.id}`, `/auth/app/${app.id}/expire-all`]) {
      expect((await portal.send('POST', path, { body: {} })).status).toBe(403)
      expect((await stranger('POST', path, { body: {} })).status).toBe(404)
    }
    expect((await send('GET', '/app/one')).status).toBe(200)
  })

  it('writes who was let in, without the token', async () => {
    const { access, core, orgId } = await setupPortal()
    const { answer } = await access({ sessionId: 'ann' })
    const rows = await core.db.prisma.auditRecord.findMany({
      where: { orgId, action: 'portal_access.create' },
    })
    expect(rows).toMatchObject([{ changes: { sessionId: { to: 'ann' } } }])
    expect(JSON.stringify(rows)).not.toContain(answer.body.token)
  })
})

describe('a portal token', () => {
  it("is a 404 on another application's path and a 403 on the organisation's operations", async () => {
    const { access, app, sibling } = await setupPortal()
    const { send } = await access()
    expect((await send('GET', `/app/${app.id}`)).status).toBe(200)
    expect((await send('GET', `/app/${app.uid}`)).status).toBe(200)
    expect((await send('GET', `/app/${sibling.id}`)).status).toBe(404)
    expect((await send('GET', `/app/${sibling.id}/endpoint`)).status).toBe(404)
    expect((await send('GET', '/app')).status).toBe(403)
    expect((await send('POST', '/app', { body: { name: 'x' } })).status).toBe(403)
    expect((await send('PATCH', `/app/${app.id}`, { body: { name: 'x' } })).status).toBe(403)
    expect((await send('DELETE', `/app/${app.id}`)).status).toBe(403)
    const message = { body: { eventType: 'a.b', payload: {} } }
    expect((await send('POST', `/app/${app.id}/msg`, message)).status).toBe(403)
    expect((await send('GET', '/operational-webhook/endpoint')).status).toBe(403)
  })

  it('ends with its application', async () => {
    const { access, send } = await setupPortal()
    const portal = await access()
    expect((await portal.send('GET', '/app/one')).status).toBe(200)
    await send('DELETE', '/app/one')
    expect((await portal.send('GET', '/app/one')).status).toBe(401)
  })

  it("of another organisation does not open this one's application", async () => {
    const { app, url } = await setupPortal()
    const { core, scope: stranger } = await setupApi()
    const access = {
      sessionId: null,
      expirySeconds: HOUR_SECONDS,
      capabilities: null,
      featureFlags: [],
      latestMs: null,
    }
    const token = await createPortalAccess(core, { ...stranger, appId: app.id }, access)
    expect((await sendAs(url, token)('GET', `/app/${app.id}`)).status).toBe(401)
  })

  it('without a session or an organisation is none', async () => {
    const { app, orgId, url } = await setupPortal()
    const now = Date.now()
    const times = { issuedAtMs: now, expiresAtMs: now + 60_000 }
    for (const claims of [
      { org: orgId },
      { sid: 'x' },
      { org: 5, sid: 'x' },
      { org: [orgId], sid: {} },
    ]) {
      const { token } = await createTokens(JWT_SECRET).sign({ subject: app.id, ...times, claims })
      expect((await sendAs(url, token)('GET', `/app/${app.id}`)).status).toBe(401)
    }
  })
})
