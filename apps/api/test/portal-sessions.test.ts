import { describe, expect, it } from 'vitest'
import { setupStaff } from './staff-setup.ts'

const HOUR_MS = 3_600_000

async function setupSessions() {
  const staff = await setupStaff()
  const { send, as } = staff
  const { body: app } = await send('POST', '/app', { body: { name: 'Acme' } })
  const appId = String(app.id)
  const open = async (fields: object = {}) => {
    const path = `/auth/app-portal-access/${appId}`
    const { body } = await send('POST', path, { body: fields })
    return as(body.token)
  }
  const list = async (by = send) => (await by('GET', `/app/${appId}/portal-session`)).body.data
  const end = (body: object) => send('POST', `/auth/app/${appId}/expire-all`, { body })
  return { ...staff, appId, open, list, end }
}

/** A token says when it ends in whole seconds. */
function lifeMs({ openedAt, expiresAt }: { openedAt: string; expiresAt: string }): number {
  return Date.parse(expiresAt) - Math.floor(Date.parse(openedAt) / 1_000) * 1_000
}

describe('portal sessions', () => {
  it('are told with what they may, until when, and who opened them, the newest first', async () => {
    const { open, list, join, appId } = await setupSessions()
    expect(await list()).toEqual([])
    await open({ sessionId: 'ann', expiry: 3_600, capabilities: ['ViewBase'] })
    await open({ sessionId: 'bob' })
    await open({ sessionId: 'bob', expiry: 7_200 })
    const support = await join('support')
    await support.call('POST', `/staff/portal-access/${appId}`, { body: {} })
    const [ofStaff, bob, ann, ...others] = await list(support.call)
    expect(others).toEqual([])
    expect(ann).toMatchObject({
      sessionId: 'ann',
      capabilities: ['ViewBase'],
      isOver: false,
      by: { kind: 'api' },
    })
    expect(lifeMs(ann)).toBe(HOUR_MS)
    // The older of its tokens lives longer.
    expect(lifeMs(bob)).toBe(7 * 24 * HOUR_MS)
    expect(bob.lastOpenedAt > bob.openedAt).toBe(true)
    expect(ofStaff).toMatchObject({
      sessionId: `staff-${support.id}`,
      by: { kind: 'staff', name: 'A support' },
    })
  })

  it('are over once they are ended, alone or with all, or logged out of; what is opened then lives', async () => {
    const { open, list, end, appId } = await setupSessions()
    const ann = await open({ sessionId: 'ann' })
    const bob = await open({ sessionId: 'bob' })
    const cleo = await open({ sessionId: 'cleo' })
    const over = async () => {
      const ended = (await list()).filter((one: { isOver: boolean }) => one.isOver)
      return ended.map((one: { sessionId: string }) => one.sessionId).toSorted()
    }
    await end({ sessionIds: ['ann'] })
    expect(await over()).toEqual(['ann'])
    expect((await ann('GET', `/app/${appId}`)).status).toBe(401)
    expect((await bob('GET', `/app/${appId}`)).status).toBe(200)
    await cleo('POST', '/auth/logout')
    expect(await over()).toEqual(['ann', 'cleo'])
    await end({})
    expect(await over()).toEqual(['ann', 'bob', 'cleo'])
    const again = await open({ sessionId: 'ann' })
    expect((await again('GET', `/app/${appId}`)).status).toBe(200)
    expect(await over()).toEqual(['bob', 'cleo'])
    await end({ sessionIds: ['ann'], expiry: 3_600 })
    expect(await over()).toEqual(['bob', 'cleo'])
  })

  it('live as long as their renewals', async () => {
    const { open, list } = await setupSessions()
    const ann = await open({ sessionId: 'ann', expiry: 3_600 })
    const { body } = await ann('POST', '/auth/renew')
    const [session] = await list()
    expect(session.expiresAt).toBe(body.expiresAt)
  })

  it('are told to staff alone, of their own organisation', async () => {
    const { open, appId, join } = await setupSessions()
    const path = `/app/${appId}/portal-session`
    const portal = await open()
    expect((await portal('GET', path)).status).toBe(403)
    expect((await (await join('viewer')).call('GET', path)).status).toBe(403)
    const stranger = await setupSessions()
    expect((await stranger.send('GET', path)).status).toBe(404)
    expect((await stranger.browser().send('GET', path)).status).toBe(401)
  })
})
