import { newId } from '@posthorn/runtime'
import { describe, expect, it } from 'vitest'
import { setupStaff } from './staff-setup.ts'

describe('who published a message', () => {
  it('is a key, a token or a source, by name to staff; a portal is told neither name nor id', async () => {
    const { core, orgId, send, as, apiKey, join } = await setupStaff()
    const { body: app } = await send('POST', '/app', { body: { name: 'Acme' } })
    const appId = String(app.id)
    const key = await apiKey({ name: 'billing' })
    const publish = async (by: typeof send) => {
      const body = { eventType: 'invoice.paid', payload: {} }
      return String((await by('POST', `/app/${appId}/msg`, { body })).body.id)
    }
    const [byKey, byToken] = [await publish(as(key.text)), await publish(send)]
    const none = Buffer.alloc(0)
    const source = { id: newId('src_', Date.now()), orgId, appId, name: 'GitHub', type: 'github' }
    await core.db.prisma.source.create({ data: { ...source, config: none, secrets: none } })
    const bySource = newId('msg_', Date.now())
    const received = { appId, id: bySource, eventType: 'push', publisher: `source:${source.id}` }
    await core.db.prisma.message.create({ data: received })

    const viewer = await join('viewer')
    const publisherOf = async (by: typeof send, id: string) =>
      (await by('GET', `/app/${appId}/msg/${id}?with_content=false`)).body.publisher
    expect(await publisherOf(viewer.call, byKey)).toEqual({
      kind: 'key',
      id: key.apiKey.id,
      name: 'billing',
    })
    expect(await publisherOf(viewer.call, byToken)).toEqual({
      kind: 'token',
      id: expect.any(String),
      name: null,
    })
    expect(await publisherOf(viewer.call, bySource)).toEqual({
      kind: 'source',
      id: source.id,
      name: 'GitHub',
    })

    const { body: portal } = await send('POST', `/auth/app-portal-access/${appId}`, { body: {} })
    for (const [id, kind] of [
      [byKey, 'key'],
      [bySource, 'source'],
    ] as const)
      expect(await publisherOf(as(portal.token), id)).toEqual({ kind, id: null, name: null })
    const { body: list } = await viewer.call('GET', `/app/${appId}/msg?with_content=false`)
    expect(list.data[0]).not.toHaveProperty('publisher')
  })
})
