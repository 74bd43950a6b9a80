import { describe, expect, it } from 'vitest'
import { setupLimited } from './limited-setup.ts'
import { createBrowser, PASSWORD, setupStaff, tokenOf } from './staff-setup.ts'

describe('limiting a user to applications', () => {
  it('holds for sessions that are there already, from the next request on, and is lifted as it was set', async () => {
    const { limited, limit, own, other } = await setupLimited()
    const see = async () => [
      (await limited.call('GET', '/app/own')).status,
      (await limited.call('GET', '/app/other')).status,
      (await limited.call('GET', '/support/queue')).status,
    ]
    expect(await see()).toEqual([200, 404, 403])
    await limit({ applications: [other.appId] })
    expect(await see()).toEqual([404, 200, 403])
    await limit({ applications: [] })
    expect(await see()).toEqual([200, 200, 200])
    await limit({ applications: [own.appId] })
    expect(await see()).toEqual([200, 404, 403])
  })

  it('is told to themselves and to owners, and stands in the audit record', async () => {
    const { limited, limit, owner, own, other } = await setupLimited()
    const applications = [{ id: own.appId, name: 'own Ltd' }]
    const { body: me } = await limited.send('GET', '/staff/me')
    expect(me.memberships).toMatchObject([{ role: 'support', applications }])
    const find = async () => {
      const { body } = await owner.call('GET', '/staff/user')
      return body.data.find((user: { id: string }) => user.id === limited.id)
    }
    expect(await find()).toMatchObject({ applications })
    await limit({ applications: ['own', 'other'] })
    const { body } = await owner.call('GET', '/audit?action=staff_user.change')
    expect(body.data[0]).toMatchObject({
      target: limited.id,
      changes: { appIds: { from: [own.appId], to: [own.appId, other.appId].toSorted() } },
    })
  })

  it('is for viewers and support only: who becomes an admin is limited no more', async () => {
    const { limited, limit, owner } = await setupLimited()
    const refused = await limit({ role: 'admin', applications: ['own'] })
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      422,
      expect.stringMatching(/viewer or support/),
    ])
    expect((await limit({ applications: ['nobody'] })).status).toBe(422)
    const { body: me } = await owner.send('GET', '/staff/me')
    const themselves = { body: { applications: ['own'] } }
    expect((await owner.call('PATCH', `/staff/user/${me.id}`, themselves)).status).toBe(422)
    expect((await limited.call('GET', '/app/other')).status).toBe(404)
    expect((await limit({ role: 'viewer' })).status).toBe(204)
    expect((await limited.call('GET', '/app/other')).status).toBe(404)
    expect((await limit({ role: 'admin' })).status).toBe(204)
    expect((await limited.call('GET', '/app/other')).status).toBe(200)
    await limit({ role: 'support' })
    expect((await limited.call('GET', '/app/other')).status).toBe(200)
  })

  it('stays when the application is deleted', async () => {
    const { limited, send } = await setupLimited()
    await send('DELETE', '/app/own')
    expect((await limited.call('GET', '/app/other')).status).toBe(404)
    expect((await limited.call('GET', '/support/application')).body.data).toEqual([])
    const { body: me } = await limited.send('GET', '/staff/me')
    expect(me.memberships).toMatchObject([{ applications: [{ name: null }] }])
  })

  it('comes with an invitation, whoever accepts it', async () => {
    const { owner, url, orgId, own, join } = await setupLimited()
    const invite = (email: string, fields: object = {}) =>
      owner.call('POST', '/staff/invitation', {
        body: { email, role: 'support', applications: ['own'], ...fields },
      })
    expect((await invite('admin@limits.example', { role: 'admin' })).status).toBe(422)
    const { body: made } = await invite('new@limits.example')
    const { body: open } = await owner.call('GET', '/staff/invitation')
    expect(open.data[0]).toMatchObject({ applications: [{ id: own.appId, name: 'own Ltd' }] })
    const browser = createBrowser(url)
    await browser.send('POST', '/staff/link/redeem', {
      body: { token: tokenOf(made.url), newPassword: PASSWORD },
    })
    expect((await browser.within(orgId)('GET', '/app/other')).status).toBe(404)
    expect((await browser.within(orgId)('GET', '/app/own')).status).toBe(200)
    const elsewhere = await setupStaff()
    const known = await join('viewer')
    const invited = await elsewhere.owner.call('POST', '/staff/invitation', {
      body: { email: known.email, role: 'viewer', applications: [] },
    })
    const accept = { body: { token: tokenOf(invited.body.url) } }
    await known.send('POST', '/staff/link/accept', accept)
    const { body: me } = await known.send('GET', '/staff/me')
    expect(me.memberships.map((one: { applications: unknown }) => one.applications)).toEqual([
      null,
      null,
    ])
  })

  it('ends invitations of theirs that are still open, which would lift it', async () => {
    const { owner, limited, limit } = await setupLimited()
    const { body: made } = await owner.call('POST', '/staff/invitation', {
      body: { email: limited.email, role: 'support' },
    })
    await limit({ applications: ['own'] })
    const accept = { body: { token: tokenOf(made.url) } }
    expect((await limited.send('POST', '/staff/link/accept', accept)).status).toBe(404)
    expect((await limited.call('GET', '/app/other')).status).toBe(404)
  })

  it('ends the portals that they opened elsewhere, and all of them with their place', async () => {
    const { limited, limit, as } = await setupLimited()
    await limit({ applications: [] })
    const open = async (name: string) => {
      const { body } = await limited.call('POST', `/staff/portal-access/${name}`, { body: {} })
      return async () => (await as(body.token)('GET', `/app/${name}/endpoint`)).status
    }
    const [own, other] = [await open('own'), await open('other')]
    expect([await own(), await other()]).toEqual([200, 200])
    await limit({ applications: ['own'] })
    expect([await own(), await other()]).toEqual([200, 401])
    await limit({ disabled: true })
    expect(await own()).toBe(401)
  })
})
