import { createPortalAccess } from '@posthorn/core'
import { seedAttempts } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupStaff, type Staff } from './staff-setup.ts'

// Deliveries that wait: no worker runs here.
async function setupMessage() {
  const staff = await setupStaff()
  const { send } = staff
  const app = await send('POST', '/app', { body: { name: 'Acme' } })
  const appId = String(app.body.id)
  const endpoint = await send('POST', `/app/${appId}/endpoint`, {
    body: { url: 'https://hooks.example.com/a' },
  })
  await send('POST', '/event-type', { body: { name: 'invoice.paid', description: '' } })
  const message = await send('POST', `/app/${appId}/msg`, {
    body: { eventType: 'invoice.paid', payload: {} },
  })
  const at = `/app/${appId}/msg/${message.body.id}`
  const to = `${at}/endpoint/${endpoint.body.id}`
  return {
    ...staff,
    appId,
    at,
    to,
    ids: { messageId: message.body.id, endpointId: endpoint.body.id },
  }
}

async function portalOf({ send, as }: Staff, appId: string) {
  const { body } = await send('POST', `/auth/app-portal-access/${appId}`, { body: {} })
  return as(body.token)
}

describe('who sent a message again, or canceled it', () => {
  it('is named to staff and to keys, and to the customer it is the staff: no name, no id', async () => {
    const bench = await setupMessage()
    const support = await bench.join('support')
    await support.call('POST', `${bench.to}/resend`)
    const { body: toStaff } = await bench.owner.call('GET', `${bench.to}/delivery`)
    expect(toStaff.manual).toMatchObject({
      actor: `user:${support.id}`,
      by: { kind: 'staff', name: 'A support' },
    })
    const portal = await portalOf(bench, bench.appId)
    const { body } = await portal('GET', `${bench.to}/delivery`)
    expect(body.manual).toMatchObject({ actor: null, by: { kind: 'staff', name: null } })
    expect(JSON.stringify(body)).not.toMatch(/usr_|A support/)
  })

  it('is the customer, the API, or the staff in the portal that they opened', async () => {
    const bench = await setupMessage()
    const portal = await portalOf(bench, bench.appId)
    const opened = await bench.owner.call('POST', `/staff/portal-access/${bench.appId}`, {
      body: { canManage: true },
    })
    const asStaff = bench.as(opened.body.token)
    const seen = []
    for (const call of [portal, bench.send, asStaff]) {
      expect((await call('POST', `${bench.to}/resend`)).status).toBe(202)
      const { body } = await bench.owner.call('GET', `${bench.to}/delivery`)
      seen.push(body.manual.by)
      await call('POST', `${bench.to}/delivery/cancel`)
    }
    expect(seen).toEqual([
      { kind: 'customer', name: null },
      { kind: 'api', name: null },
      { kind: 'staff', name: 'Olive Owner' },
    ])
    expect((await portal('GET', `${bench.to}/delivery`)).body.manual).toMatchObject({
      statusText: 'canceled',
      actor: null,
      by: { kind: 'staff', name: null },
    })
  })

  it('is told of one attempt by hand; one by the schedule was nobody’s wish', async () => {
    const bench = await setupMessage()
    const support = await bench.join('support')
    const app = { orgId: bench.orgId, appId: bench.appId }
    const [byPlan, byHand] = await seedAttempts(bench.core.db.hot, app, [
      { ...bench.ids, responseStatus: 500 },
      { ...bench.ids, trigger: 'manual', actor: `user:${support.id}` },
    ])
    const portal = await portalOf(bench, bench.appId)
    const by = async (call: typeof portal, id = '') =>
      (await call('GET', `${bench.at}/attempt/${id}`)).body.by
    expect(await by(bench.owner.call, byHand)).toEqual({ kind: 'staff', name: 'A support' })
    expect(await by(portal, byHand)).toEqual({ kind: 'staff', name: null })
    expect(await by(bench.owner.call, byPlan)).toBeNull()
  })

  it('is named only among those of the same organisation', async () => {
    const bench = await setupMessage()
    const stranger = await setupStaff()
    const { body: other } = await stranger.owner.send('GET', '/staff/me')
    const app = { orgId: bench.orgId, appId: bench.appId }
    const [id = ''] = await seedAttempts(bench.core.db.hot, app, [
      { ...bench.ids, trigger: 'manual', actor: `user:${other.id}` },
    ])
    const { body } = await bench.owner.call('GET', `${bench.at}/attempt/${id}/`)
    expect(body.by).toEqual({ kind: 'staff', name: null })
  })

  it('is nobody who did not open the portal in the console: no key makes a session of their name', async () => {
    const bench = await setupMessage()
    const support = await bench.join('support')
    const limited = await bench.apiKey({ applications: [bench.appId] })
    const sessionId = `staff-${support.id}`
    for (const call of [bench.send, bench.owner.call, bench.as(limited.text)]) {
      const path = `/auth/app-portal-access/${bench.appId}`
      const { status, body } = await call('POST', path, { body: { sessionId } })
      expect(status).toBe(422)
      expect(body.detail).toMatchObject([{ loc: ['body', 'sessionId'] }])
    }
    const sessions = `/app/${bench.appId}/portal-session`
    expect((await bench.send('GET', sessions)).body.data).toEqual([])
  })

  it('is nobody who has no place in the organisation: a portal in their name is none', async () => {
    const bench = await setupMessage()
    const stranger = await setupStaff()
    const { body: other } = await stranger.owner.send('GET', '/staff/me')
    const token = await createPortalAccess(
      bench.core,
      { ...bench.scope, appId: bench.appId },
      {
        sessionId: `staff-${other.id}`,
        expirySeconds: 3_600,
        capabilities: null,
        featureFlags: [],
        latestMs: null,
      },
    )
    expect((await bench.as(token)('POST', `${bench.to}/resend`)).status).toBe(401)
  })
})
