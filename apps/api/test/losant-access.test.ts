import { describe, expect, it } from 'vitest'
import { clientOf, setupWebhook } from './losant-setup.ts'

const ALL = ['all.Application', 'all.Organization', 'all.User']
const ALL_READ = ALL.map((scope) => `${scope}.read`)
const READ_LIST = [...ALL, ...ALL_READ, 'webhooks.*', 'webhooks.get']
const READ_ONE = [...ALL, ...ALL_READ, 'webhook.*', 'webhook.get']

describe('who may call', () => {
  it('is nobody without a token, or with a wrong one: 401', async () => {
    const { url, applicationId } = await setupWebhook()
    for (const token of ['', 'wrong', `phk_${'a'.repeat(43)}`]) {
      const called = clientOf(url, token).webhooks.get({ applicationId })
      await expect(called).rejects.toMatchObject({ statusCode: 401, type: 'Unauthorized' })
    }
  })

  it('is a key by the scopes that Losant names for each call, any of them, and no other', async () => {
    const losant = await setupWebhook()
    const { applicationId, named } = losant
    const changes = { webhook: { name: 'a' } }
    const calls = [
      ['webhooks', 'get', { applicationId }, READ_LIST],
      ['webhooks', 'post', { applicationId, ...changes }, [...ALL, 'webhooks.*', 'webhooks.post']],
      ['webhook', 'get', named, READ_ONE],
      ['webhook', 'patch', { ...named, ...changes }, [...ALL, 'webhook.*', 'webhook.patch']],
      ['webhook', 'delete', named, [...ALL, 'webhook.*', 'webhook.delete']],
    ] as const
    const every = new Set([...calls.flatMap(([, , , scopes]) => scopes), 'read', 'write', 'admin'])
    const forbidden = { statusCode: 403, type: 'Forbidden', message: expect.any(String) }
    for (const scope of every) {
      const client = await losant.clientWith([scope])
      for (const [resource, verb, params, scopes] of calls) {
        const unknown = { ...params, ...('webhookId' in params && { webhookId: '5'.repeat(24) }) }
        const call: Promise<unknown> = Reflect.get(client[resource], verb)(unknown)
        const isAllowed = (scopes as readonly string[]).includes(scope)
        if (!isAllowed) await expect(call).rejects.toMatchObject(forbidden)
        else if ('webhookId' in params) await expect(call).rejects.toHaveProperty('statusCode', 404)
        else expect(await call).toHaveProperty('applicationId', applicationId)
      }
    }
  })

  it('is a key that was made by our own API with those scopes', async () => {
    const { url, send, applicationId } = await setupWebhook()
    const scopes = ['webhooks.*', 'all.Application.read']
    const made = await send('POST', '/api-key', { body: { name: 'losant', scopes } })
    expect(made).toMatchObject({ status: 201, body: { scopes } })
    const listed = await clientOf(url, made.body.key).webhooks.get({ applicationId })
    expect(listed).toHaveProperty('count', 1)
  })

  it('is no portal token, and a key of Losant’s scopes calls nothing else', async () => {
    const { url, as, send, raw, apiKey, applicationId } = await setupWebhook()
    const { body } = await send('POST', '/auth/app-portal-access/plant', { body: {} })
    const path = `/applications/${applicationId}/webhooks`
    expect(await raw('GET', path, undefined, body.token)).toMatchObject({ status: 403 })
    const { text } = await apiKey({ scopes: ['webhooks.*', 'webhook.*', 'all.Application'] })
    expect((await as(text)('GET', '/app')).status).toBe(403)
    expect((await as(text)('GET', '/source')).status).toBe(403)
    expect(url).toMatch(/^http/)
  })
})

describe('deleting by includeWorkflows', () => {
  async function setupEndpoints() {
    const losant = await setupWebhook()
    const { send, webhook } = losant
    const { body: sources } = await send('GET', '/source')
    const endpoint = async (uid: string, channels: readonly string[] | null) => {
      const body = { uid, url: 'https://a.example/', channels }
      const made = await send('POST', '/app/plant/endpoint', { body })
      expect(made.status).toBe(201)
    }
    await endpoint('by-our-id', [sources.data[0].id])
    await endpoint('by-its-id', [webhook.id])
    await endpoint('shared', [webhook.id, 'others'])
    await endpoint('all', null)
    await endpoint('other', ['others'])
    const left = async (): Promise<string[]> =>
      (await send('GET', '/app/plant/endpoint')).body.data
        .map(({ uid }: { uid: string }) => uid)
        .toSorted()
    return { ...losant, left }
  }

  it('deletes every endpoint whose filter names the webhook, also those that receive other things', async () => {
    const { client, named, left } = await setupEndpoints()
    expect(await client.webhook.delete({ ...named, includeWorkflows: true })).toEqual({
      success: true,
    })
    expect(await left()).toEqual(['all', 'other'])
    await expect(client.webhook.get(named)).rejects.toHaveProperty('statusCode', 404)
  })

  it('leaves them all otherwise', async () => {
    const { client, named, left } = await setupEndpoints()
    await client.webhook.delete({ ...named, includeWorkflows: false })
    expect(await left()).toEqual(['all', 'by-its-id', 'by-our-id', 'other', 'shared'])
  })
})
