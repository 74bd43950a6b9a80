import { LosantWebhookOut, LosantWebhooks } from '@posthorn/contracts/ingest'
import { losantIdOf } from '@posthorn/core/ingest'
import { describe, expect, it } from 'vitest'
import { clientOf, setupLosant, setupWebhook } from './losant-setup.ts'

describe('a webhook', () => {
  it('needs a name alone, and has the defaults and ids that Losant’s have', async () => {
    const { webhook, applicationId } = await setupWebhook()
    expect(LosantWebhookOut.parse(webhook)).toEqual({
      id: webhook.webhookId,
      webhookId: expect.stringMatching(/^[a-f\d]{24}$/),
      applicationId,
      creationDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      lastUpdated: expect.stringMatching(/Z$/),
      name: 'My New Webhook',
      token: expect.stringMatching(/^[\w-]{43}$/),
      responseCode: 200,
      verificationType: 'none',
      waitForReply: false,
      isWebsocket: false,
      castBuffersAs: 'array',
      annotateMultipart: false,
      enabled: true,
    })
  })

  it('keeps every field that Losant’s client knows, and is got by its id', async () => {
    const { client, applicationId } = await setupWebhook()
    const fields = {
      name: 'Everything',
      description: 'Line\nline',
      responseCode: 100,
      verificationType: 'facebook',
      verificationCode: 'x'.repeat(32_767),
      waitForReply: true,
      basicAuthUsername: 'u'.repeat(255),
      basicAuthPassword: 'p'.repeat(255),
      isWebsocket: false,
      castBuffersAs: 'hex',
      annotateMultipart: true,
      enabled: false,
    }
    const made = await client.webhooks.post({ applicationId, webhook: fields })
    expect(made).toMatchObject(fields)
    expect(await client.webhook.get({ applicationId, webhookId: made.id })).toEqual(made)
  })

  it('is changed field by field, which moves lastUpdated alone', async () => {
    const { client, named, webhook } = await setupWebhook()
    const changes = { name: 'Other', enabled: false, waitForReply: true }
    const changed = await client.webhook.patch({ ...named, webhook: changes })
    expect(changed).toEqual({ ...webhook, ...changes, lastUpdated: changed.lastUpdated })
    expect(Date.parse(changed.lastUpdated)).toBeGreaterThanOrEqual(Date.parse(webhook.lastUpdated))
    expect(await client.webhook.get(named)).toEqual(changed)
  })

  it('is deleted with an answer of success, and then gone', async () => {
    const { client, named } = await setupWebhook()
    expect(await client.webhook.delete(named)).toEqual({ success: true })
    const gone = { statusCode: 404, type: 'NotFound', message: 'Webhook was not found' }
    await expect(client.webhook.get(named)).rejects.toMatchObject(gone)
    await expect(client.webhook.delete(named)).rejects.toMatchObject(gone)
  })

  it('answers 201 to what it makes, and 200 otherwise', async () => {
    const { raw, applicationId } = await setupLosant()
    const path = `/applications/${applicationId}/webhooks`
    const made = await raw('POST', path, { name: 'a' })
    const one = `${path}/${made.body.id}`
    const statuses = [made.status]
    for (const [method, at, body] of [
      ['GET', path, undefined],
      ['GET', one, undefined],
      ['PATCH', one, { name: 'b' }],
      ['DELETE', one, undefined],
    ] as const)
      statuses.push((await raw(method, at, body)).status)
    expect(statuses).toEqual([201, 200, 200, 200, 200])
  })

  it('is one of our sources: received at /webhooks, with the type losant', async () => {
    const { send, webhook, appId } = await setupWebhook()
    const { body } = await send('GET', '/source')
    expect(body.data).toMatchObject([{ name: 'My New Webhook', type: 'losant', appId }])
    expect(body.data[0].ingestUrl).toMatch(new RegExp(`/webhooks/${webhook.token}$`))
    expect(losantIdOf(body.data[0].id)).toBe(webhook.id)
    expect(body.data[0].unverified).toBe(true)
  })

  it('leaves audit rows', async () => {
    const losant = await setupWebhook()
    const { client, named } = losant
    await client.webhook.patch({ ...named, webhook: { name: 'b' } })
    await client.webhook.delete(named)
    const changes = (await losant.auditActions()).filter((action) => action.startsWith('source.'))
    expect(changes).toEqual(['source.create', 'source.update', 'source.delete'])
  })
})

describe('the path', () => {
  it('takes id, uid or the 24 digits of application and webhook; answers have the digits', async () => {
    const { raw, send, appId, applicationId, webhook } = await setupWebhook()
    const { body: sources } = await send('GET', '/source')
    for (const app of [appId, 'plant', applicationId, applicationId.toUpperCase()]) {
      for (const id of [webhook.id, sources.data[0].id]) {
        const { status, body } = await raw('GET', `/applications/${app}/webhooks/${id}`)
        expect([status, body.applicationId, body.id]).toEqual([200, applicationId, webhook.id])
      }
    }
  })

  it('finds an application whose uid is the id that it had at Losant', async () => {
    const { client, send } = await setupWebhook()
    const uid = '575ec8687ae143cd83dc4a97'
    const { body } = await send('POST', '/app', { body: { name: 'Moved', uid } })
    const moved = await client.webhooks.get({ applicationId: uid })
    expect(moved).toMatchObject({ items: [], applicationId: losantIdOf(body.id) })
  })

  it('takes a base URL that ends with a slash', async () => {
    const { url, token, applicationId } = await setupWebhook()
    const client = clientOf(`${url}/`, token)
    expect(await client.webhooks.get({ applicationId })).toHaveProperty('count', 1)
  })

  it('tells an unknown application from an unknown webhook, also of other organisations', async () => {
    const { client, named, applicationId } = await setupWebhook()
    const stranger = await setupLosant()
    const noApplication = { statusCode: 404, message: 'Application was not found' }
    await expect(stranger.client.webhook.get(named)).rejects.toMatchObject(noApplication)
    await expect(stranger.client.webhooks.get({ applicationId })).rejects.toMatchObject(
      noApplication,
    )
    await expect(
      client.webhook.get({ applicationId, webhookId: '5'.repeat(24) }),
    ).rejects.toMatchObject({ statusCode: 404, message: 'Webhook was not found' })
  })

  it('finds no webhook of another application, and no source of another type', async () => {
    const { send, raw, webhook, applicationId } = await setupWebhook()
    await send('POST', '/app', { body: { name: 'Other', uid: 'other' } })
    const { body: source } = await send('POST', '/source', {
      body: { name: 'a', type: 'generic-webhook', application: 'plant' },
    })
    expect((await raw('GET', `/applications/other/webhooks/${webhook.id}`)).status).toBe(404)
    for (const id of [source.id, losantIdOf(source.id)])
      expect((await raw('GET', `/applications/${applicationId}/webhooks/${id}`)).status).toBe(404)
  })
})

describe('the list', () => {
  async function setupList() {
    const losant = await setupLosant()
    const { client, applicationId } = losant
    for (const name of ['beta', 'Alpha', 'my_webhook', 'my 100% webhook', 'gamma'])
      await client.webhooks.post({ applicationId, webhook: { name } })
    const list = (query: object = {}) => client.webhooks.get({ applicationId, ...query })
    const names = async (query: object = {}): Promise<string[]> =>
      (await list(query)).items.map(({ name }: { name: string }) => name)
    return { ...losant, list, names }
  }
  const BY_NAME = ['Alpha', 'beta', 'gamma', 'my 100% webhook', 'my_webhook']

  it('has the fields of Losant’s, sorted by name up to 100 unless told otherwise', async () => {
    const { list, names, applicationId } = await setupList()
    const { items, ...rest } = LosantWebhooks.parse(await list())
    expect(rest).toEqual({
      count: 5,
      totalCount: 5,
      perPage: 100,
      page: 0,
      sortField: 'name',
      sortDirection: 'asc',
      applicationId,
    })
    expect(items).toHaveLength(5)
    expect(await names()).toEqual(BY_NAME)
  })

  it('is sorted by each field, in either direction, named in any case', async () => {
    const { list, names } = await setupList()
    expect(await names({ sortDirection: 'DESC' })).toEqual(BY_NAME.toReversed())
    expect(await names({ sortField: 'creationDate', sortDirection: 'asc' })).toEqual([
      'beta',
      'Alpha',
      'my_webhook',
      'my 100% webhook',
      'gamma',
    ])
    for (const sortField of ['id', 'creationDate', 'lastUpdated']) {
      const up = await list({ sortField, sortDirection: 'ASC' })
      const values = up.items.map((item: Record<string, string>) => item[sortField])
      expect(values).toEqual(values.toSorted())
      const down = await list({ sortField, sortDirection: 'Desc' })
      expect(down.items).toEqual(up.items.toReversed())
      expect(down).toMatchObject({ sortField, sortDirection: 'desc' })
    }
  })

  it('is paged from 0', async () => {
    const { list, names } = await setupList()
    expect(await list({ page: 1, perPage: 2 })).toMatchObject({
      count: 2,
      totalCount: 5,
      page: 1,
      perPage: 2,
    })
    expect(await names({ page: 1, perPage: 2 })).toEqual(BY_NAME.slice(2, 4))
    expect(await names({ page: 2, perPage: 2 })).toEqual(BY_NAME.slice(4))
    expect(await list({ page: 3, perPage: 2 })).toMatchObject({ count: 0, totalCount: 5 })
  })

  it.each([
    ['my*webhook', ['my 100% webhook', 'my_webhook']],
    ['MY*', ['my 100% webhook', 'my_webhook']],
    ['?lpha', ['Alpha']],
    ['*a', ['Alpha', 'beta', 'gamma']],
    ['lpha', []],
    ['my_webhook', ['my_webhook']],
    ['my 100%*', ['my 100% webhook']],
    ['%', []],
    ['', BY_NAME],
  ])('is filtered by the glob %j over the whole name in any case', async (filter, expected) => {
    const { list, names } = await setupList()
    expect(await names({ filterField: 'name', filter })).toEqual(expected)
    const answer = await list({ filterField: 'name', filter, perPage: 1 })
    expect(answer).toMatchObject({ totalCount: expected.length, filterField: 'name' })
    expect(answer.filter).toBe(filter === '' ? undefined : filter)
  })

  it.each([
    { sortField: 'token' },
    { sortDirection: 'up' },
    { page: -1 },
    { perPage: 'x' },
    { filterField: 'token' },
  ])('refuses %j with 400', async (query) => {
    const { list } = await setupList()
    const fault = { statusCode: 400, type: 'Validation', message: expect.any(String) }
    await expect(list(query)).rejects.toMatchObject(fault)
  })
})

describe('what a webhook may not be', () => {
  it.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(256) }, 'name'],
    [{ name: 'a', description: 'x'.repeat(32_768) }, 'description'],
    [{ name: 'a', responseCode: 99 }, 'responseCode'],
    [{ name: 'a', responseCode: 600 }, 'responseCode'],
    [{ name: 'a', responseCode: '200' }, 'responseCode'],
    [{ name: 'a', verificationType: 'github' }, 'verificationType'],
    [{ name: 'a', verificationCode: 'x'.repeat(32_768) }, 'verificationCode'],
    [{ name: 'a', basicAuthUsername: 'x'.repeat(256) }, 'basicAuthUsername'],
    [{ name: 'a', basicAuthPassword: 'x'.repeat(256) }, 'basicAuthPassword'],
    [{ name: 'a', isWebsocket: true }, 'isWebsocket'],
    [{ name: 'a', castBuffersAs: 'text' }, 'castBuffersAs'],
    [{ name: 'a', waitForReply: 'true' }, 'waitForReply'],
    [{ name: 'a', token: 'mine' }, 'token'],
  ])('is %j: 400 that names %s', async (webhook, field) => {
    const { client, applicationId, named } = await setupWebhook()
    const fault = { statusCode: 400, type: 'Validation', message: expect.stringContaining(field) }
    await expect(client.webhooks.post({ applicationId, webhook })).rejects.toMatchObject(fault)
    if ('name' in webhook)
      await expect(client.webhook.patch({ ...named, webhook })).rejects.toMatchObject(fault)
  })

  it('is no JSON: 400', async () => {
    const { raw, applicationId } = await setupWebhook()
    const answer = await raw('POST', `/applications/${applicationId}/webhooks`, '{"name":')
    expect(answer).toMatchObject({ status: 400, body: { type: 'Validation' } })
  })
})
