import { describe, expect, it } from 'vitest'
import { PASSWORD, setupStaff, tokenOf } from './staff-setup.ts'

describe('sign-in', () => {
  it('gives a session as a cookie that scripts of a page cannot read', async () => {
    const { browser, email } = await setupStaff()
    const { send } = browser()
    const answer = await send('POST', '/staff/sign-in', { body: { email, password: PASSWORD } })
    expect(answer.status).toBe(204)
    const [session = ''] = answer.headers.getSetCookie()
    expect(session).toMatch(/^posthorn-session=phs_\w{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    const { body } = await send('GET', '/staff/me')
    expect(body).toMatchObject({ email, name: 'Olive Owner', hasTotp: false })
  })

  it('answers a wrong password and an unknown address alike', async () => {
    const { browser, email } = await setupStaff()
    const { send } = browser()
    const password = 'something else entirely'
    const wrong = await send('POST', '/staff/sign-in', { body: { email, password } })
    const unknown = await send('POST', '/staff/sign-in', {
      body: { email: 'nobody@example.com', password },
    })
    expect(wrong.status).toBe(401)
    expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body])
  })

  it('locks an account against guesses, but not out of the browser its user came from before', async () => {
    const { browser, email, owner } = await setupStaff()
    const stranger = browser()
    const guess = (send: typeof stranger.send, password: string) =>
      send('POST', '/staff/sign-in', { body: { email, password } })
    const guesses = await Promise.all(
      Array.from({ length: 11 }, () => guess(stranger.send, 'a guess that is wrong')),
    )
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10)
    const refused = await guess(stranger.send, PASSWORD)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await guess(owner.send, PASSWORD)).status).toBe(204)
  })

  it('is refused to pages of other sites, with and without a session', async () => {
    const { owner, orgId, browser, email } = await setupStaff()
    const headers = { origin: 'https://evil.example', 'posthorn-organisation': orgId }
    expect((await owner.send('GET', '/app', { headers })).status).toBe(403)
    const crossSite = { 'sec-fetch-site': 'cross-site', 'posthorn-organisation': orgId }
    expect((await owner.send('POST', '/app', { headers: crossSite })).status).toBe(403)
    const body = { email, password: PASSWORD }
    expect((await browser().send('POST', '/staff/sign-in', { headers, body })).status).toBe(403)
  })
})

describe('sessions of one user', () => {
  it('are all ended but the one that asks, and nobody else’s', async () => {
    const { owner, browser, email, join } = await setupStaff()
    const other = browser()
    await other.send('POST', '/staff/sign-in', { body: { email, password: PASSWORD } })
    const colleague = await join('viewer')
    const isIn = async ({ send }: Pick<typeof other, 'send'>) =>
      (await send('GET', '/staff/me')).status === 200
    expect([await isIn(owner), await isIn(other), await isIn(colleague)]).toEqual([
      true,
      true,
      true,
    ])
    expect((await owner.send('POST', '/staff/me/session/end-others')).status).toBe(204)
    expect([await isIn(owner), await isIn(other), await isIn(colleague)]).toEqual([
      true,
      false,
      true,
    ])
    const { body } = await owner.send('GET', '/staff/me/session')
    expect(body.data).toMatchObject([{ isCurrent: true }])
    const signedOut = await browser().send('POST', '/staff/me/session/end-others')
    expect(signedOut.status).toBe(401)
  })
})

describe('whether somebody is signed in', () => {
  it('is answered, not refused, before, during and after a session', async () => {
    const { browser, email } = await setupStaff()
    const { send, cookies } = browser()
    const nobody = { status: 200, body: { user: null } }
    expect(await send('GET', '/staff/session')).toMatchObject(nobody)
    await send('POST', '/staff/sign-in', { body: { email, password: PASSWORD } })
    const { body: me } = await send('GET', '/staff/me')
    expect((await send('GET', '/staff/session')).body).toEqual({ user: me })
    const kept = new Map(cookies)
    await send('POST', '/staff/me/sign-out')
    for (const [name, value] of kept) cookies.set(name, value)
    expect(await send('GET', '/staff/session')).toMatchObject(nobody)
    expect((await send('GET', '/staff/me')).status).toBe(401)
  })

  it('is no business of other sites', async () => {
    const { owner } = await setupStaff()
    const headers = { origin: 'https://evil.example' }
    expect((await owner.send('GET', '/staff/session', { headers })).status).toBe(403)
  })
})

describe('a session', () => {
  it('calls the public api in an organisation it names, and the record names the user', async () => {
    const api = await setupStaff()
    const { owner, orgId } = api
    expect((await owner.send('GET', '/app')).status).toBe(403)
    const created = await owner.call('POST', '/app', { body: { name: 'Acme' } })
    expect(created.status).toBe(201)
    expect(await api.auditActions()).toContain('application.create')
    const { body: me } = await owner.send('GET', '/staff/me')
    const { body } = await owner.call('GET', `/audit?action=application&target=${created.body.id}`)
    expect(body.data).toMatchObject([
      { actor: `user:${me.id}`, actorName: 'Olive Owner', address: '127.0.0.1' },
    ])
    expect(me.memberships).toEqual([{ orgId, name: null, role: 'owner', applications: null }])
  })

  it('enters no organisation that its user is no member of', async () => {
    const { owner } = await setupStaff()
    const other = await setupStaff()
    expect((await owner.within(other.orgId)('GET', '/app')).status).toBe(403)
  })

  it('is over at once when it is ended, from another browser too', async () => {
    const { owner, browser, email } = await setupStaff()
    const second = browser()
    await second.send('POST', '/staff/sign-in', { body: { email, password: PASSWORD } })
    const { body } = await owner.send('GET', '/staff/me/session')
    const other = body.data.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent)
    expect((await owner.send('DELETE', `/staff/me/session/${other.id}`)).status).toBe(204)
    expect((await second.send('GET', '/staff/me')).status).toBe(401)
    expect((await owner.send('POST', '/staff/me/sign-out')).status).toBe(204)
    expect((await owner.send('GET', '/staff/me')).status).toBe(401)
  })

  it('of another user cannot be ended or seen', async () => {
    const { owner, join } = await setupStaff()
    const support = await join('support')
    const { body } = await support.send('GET', '/staff/me')
    expect((await owner.send('DELETE', `/staff/me/session/${body.sessionId}`)).status).toBe(404)
  })

  it('changes the password, which ends all others', async () => {
    const { owner, browser, email } = await setupStaff()
    const second = browser()
    await second.send('POST', '/staff/sign-in', { body: { email, password: PASSWORD } })
    const change = (password: string, newPassword: string) =>
      owner.send('POST', '/staff/me/password', { body: { password, newPassword } })
    expect((await change('not the password', 'a brand new password')).status).toBe(422)
    expect((await change(PASSWORD, 'short')).status).toBe(422)
    expect((await change(PASSWORD, 'a brand new password')).status).toBe(204)
    expect((await second.send('GET', '/staff/me')).status).toBe(401)
    expect((await owner.send('GET', '/staff/me')).status).toBe(200)
  })
})

describe('a one-time link', () => {
  it('makes its user once', async () => {
    const { owner, browser } = await setupStaff()
    const { body } = await owner.call('POST', '/staff/invitation', {
      body: { email: 'Sam@Example.com', role: 'support' },
    })
    const token = tokenOf(body.url)
    const redeem = () =>
      browser().send('POST', '/staff/link/redeem', {
        body: { token, name: 'Sam', newPassword: PASSWORD },
      })
    const seen = await browser().send('POST', '/staff/link', { body: { token } })
    expect(seen.body).toMatchObject({ purpose: 'invitation', email: 'sam@example.com' })
    const answers = await Promise.all([redeem(), redeem()])
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 204)).toHaveLength(1)
    expect((await redeem()).status).toBe(404)
  })

  it('is accepted, not redeemed, by somebody who has a user already', async () => {
    const first = await setupStaff()
    const second = await setupStaff()
    const { body } = await second.owner.call('POST', '/staff/invitation', {
      body: { email: first.email, role: 'viewer' },
    })
    const token = tokenOf(body.url)
    const redeemed = await first.browser().send('POST', '/staff/link/redeem', {
      body: { token, newPassword: 'taken over, taken over' },
    })
    expect(redeemed.body.code).toBe('sign_in_first')
    const stranger = await second.join('viewer')
    expect((await stranger.send('POST', '/staff/link/accept', { body: { token } })).status).toBe(
      404,
    )
    expect((await first.owner.send('POST', '/staff/link/accept', { body: { token } })).status).toBe(
      204,
    )
    expect((await first.owner.within(second.orgId)('GET', '/app')).status).toBe(200)
  })

  it('of the first owner is there only as long as there is none', async () => {
    const { firstOwnerLink } = await setupStaff()
    expect(await firstOwnerLink()).toBeNull()
  })
})
