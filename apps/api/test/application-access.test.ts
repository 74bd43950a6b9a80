import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'

describe("another organisation's application", () => {
  it('is a 404 on every operation, and absent from lists', async () => {
    const { url, send } = await setupApi()
    const { token } = await setupApi()
    const { body: app } = await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const stranger = sendAs(url, token)
    for (const name of [app.id, 'one']) {
      expect((await stranger('GET', `/app/${name}`)).status).toBe(404)
      expect((await stranger('PATCH', `/app/${name}`, { body: { name: 'x' } })).status).toBe(404)
      expect((await stranger('DELETE', `/app/${name}`)).status).toBe(404)
    }
    expect((await stranger('GET', '/app')).body.data).toEqual([])
    expect((await stranger('PUT', `/app/${app.id}`, { body: { name: 'x' } })).status).toBe(201)
    expect((await send('GET', '/app/one')).body).toEqual(app)
  })

  it("is what the organisation's reserved application is to everyone", async () => {
    const { core, orgId, send } = await setupApi()
    const { operationalAppId } = await core.db.prisma.organisation.findUniqueOrThrow({
      where: { id: orgId },
    })
    expect((await send('GET', `/app/${operationalAppId}`)).status).toBe(404)
    expect((await send('GET', '/app')).body.data).toEqual([])
  })
})

describe('the audit record', () => {
  it('has a row for every change, with what changed and the request that did it', async () => {
    const { core, orgId, send } = await setupApi()
    const { body: app } = await send('POST', '/app', { body: { name: 'One' } })
    const patch = await send('PATCH', `/app/${app.id}`, { body: { name: 'Two' } })
    await send('DELETE', `/app/${app.id}`)
    const rows = await core.db.prisma.auditRecord.findMany({
      where: { orgId, appId: app.id },
      orderBy: { createdAt: 'asc' },
    })
    expect(rows.map((row) => row.action)).toEqual([
      'application.create',
      'application.update',
      'application.delete',
    ])
    expect(rows[1]).toMatchObject({
      target: app.id,
      changes: { name: { from: 'One', to: 'Two' } },
      requestId: patch.headers.get('x-request-id'),
    })
  })
})
