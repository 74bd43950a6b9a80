import { describe, expect, it } from 'vitest'
import { setupStaff } from './staff-setup.ts'

async function setupNote() {
  const staff = await setupStaff()
  const { body: app } = await staff.send('POST', '/app', { body: { name: 'Acme' } })
  const appId = String(app.id)
  return { ...staff, appId, path: `/app/${appId}/note` }
}

describe('notes about an application', () => {
  it('are written and taken away by support, and say who did', async () => {
    const { join, path, core, appId } = await setupNote()
    const support = await join('support')
    const put = (text: string) => support.call('PUT', path, { body: { text } })
    expect((await support.call('GET', path)).body).toEqual({ text: '', changedAt: null, by: null })
    const { status, body } = await put('  Calls back on Mondays.\nAsk for Ann.  ')
    expect(status).toBe(200)
    expect(body).toEqual({
      text: 'Calls back on Mondays.\nAsk for Ann.',
      changedAt: expect.any(String),
      by: { kind: 'staff', name: 'A support' },
    })
    expect((await (await join('viewer')).call('GET', path)).body).toEqual(body)
    expect((await put('')).body).toEqual({ text: '', changedAt: null, by: null })
    await put('')
    const rows = await core.db.prisma.auditRecord.findMany({
      where: { appId, action: 'application.note' },
    })
    expect(rows.map((row) => row.changes)).toEqual([null, null])
  })

  it('are shown to no portal, changed by no viewer, and hidden from other organisations', async () => {
    const { send, as, join, path, appId } = await setupNote()
    const write = { body: { text: 'private' } }
    await send('PUT', path, write)
    const { body } = await send('POST', `/auth/app-portal-access/${appId}`, { body: {} })
    const portal = as(body.token)
    const viewer = await join('viewer')
    expect((await portal('GET', path)).status).toBe(403)
    expect((await portal('PUT', path, write)).status).toBe(403)
    expect((await viewer.call('PUT', path, write)).status).toBe(403)
    const application = await portal('GET', `/app/${appId}`)
    expect(JSON.stringify(application.body)).not.toContain('private')
    const stranger = await setupNote()
    expect((await stranger.send('GET', path)).status).toBe(404)
    expect((await stranger.send('PUT', path, write)).status).toBe(404)
    expect((await stranger.browser().send('GET', path)).status).toBe(401)
    expect((await send('PUT', path, { body: { text: 'x'.repeat(10_001) } })).status).toBe(422)
  })

  it('go with their application', async () => {
    const { send, path, appId, core } = await setupNote()
    await send('PUT', path, { body: { text: 'private' } })
    await send('DELETE', `/app/${appId}`)
    expect(await core.db.prisma.applicationNote.count({ where: { appId } })).toBe(0)
  })
})
