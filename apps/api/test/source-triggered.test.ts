import { losantIdOf } from '@posthorn/core/ingest'
import { expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'

/** A source, and endpoints of its application that name it alone, with others, or not at all. */
async function setup(type = 'losant') {
  const api = await setupApi()
  const { body: application } = await api.send('POST', '/app', { body: { name: 'Plant' } })
  const appId = String(application.id)
  const { body: source } = await api.send('POST', '/source', {
    body: { name: 'Door', type, application: appId, config: {} },
  })
  const id = String(source.id)
  const endpoint = async (uid: string, channels: readonly string[] | null) => {
    const body = { uid, url: `https://a.example/${uid}`, channels }
    expect((await api.send('POST', `/app/${appId}/endpoint`, { body })).status).toBe(201)
  }
  await endpoint('own', [id])
  await endpoint('as-losant', [losantIdOf(id)])
  await endpoint('shared', [id, 'others'])
  await endpoint('all', null)
  const left = async (): Promise<string[]> =>
    (await api.send('GET', `/app/${appId}/endpoint`)).body.data
      .map(({ uid }: { uid: string }) => uid)
      .toSorted()
  const portal = async (capabilities: readonly string[]) => {
    const path = `/auth/app-portal-access/${appId}`
    const { body } = await api.send('POST', path, { body: { capabilities } })
    return sendAs(api.url, String(body.token))
  }
  return { ...api, id, left, portal }
}

it('are the endpoints that name the source, marked where they receive others too', async () => {
  const { send, id } = await setup()
  const { body } = await send('GET', `/source/${id}/triggered`)
  const shared = body.data.map(({ url, isShared }: { url: string; isShared: boolean }) => [
    url,
    isShared,
  ])
  expect(shared.toSorted()).toEqual([
    ['https://a.example/as-losant', false],
    ['https://a.example/own', false],
    ['https://a.example/shared', true],
  ])
})

it('stay when the source is deleted, unless asked for, and then go with it, also the shared ones', async () => {
  const kept = await setup()
  expect((await kept.send('DELETE', `/source/${kept.id}`)).status).toBe(204)
  expect(await kept.left()).toEqual(['all', 'as-losant', 'own', 'shared'])
  const { send, id, left } = await setup()
  expect((await send('DELETE', `/source/${id}?include_triggered=true`)).status).toBe(204)
  expect(await left()).toEqual(['all'])
  expect((await send('GET', `/source/${id}`)).status).toBe(404)
})

it('are not deleted by a portal token that may delete sources, but no endpoints', async () => {
  const { portal, id, left } = await setup()
  const sources = await portal(['ViewBase', 'ViewSources', 'ManageSources'])
  const path = `/source/${id}?include_triggered=true`
  expect((await sources('DELETE', path)).status).toBe(403)
  expect(await left()).toEqual(['all', 'as-losant', 'own', 'shared'])
  const both = await portal(['ViewBase', 'ViewSources', 'ManageSources', 'ManageEndpoint'])
  expect((await both('DELETE', path)).status).toBe(204)
})
