import { DEFAULT_OPTIONS, createSource } from '@posthorn/core'
import { githubSignature } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'

const CLIENTS = ['svix1', 'svix2'] as const

/** Both generations under the names of the newer one. */
async function setupSources(client: (typeof CLIENTS)[number]) {
  const api = await setupApi()
  const { ingest: older } = api.svix1
  const { ingest: newer } = api.svix2
  const names = {
    svix1: {
      source: older.source,
      endpoint: older.endpoint,
      upsert: older.source.update.bind(older.source),
      upsertEndpoint: older.endpoint.update.bind(older.endpoint),
      setHeaders: older.endpoint.updateHeaders.bind(older.endpoint),
      dashboard: older.dashboard.bind(older),
      getCode: older.endpoint.getTransformation.bind(older.endpoint),
      patchCode: older.endpoint.setTransformation.bind(older.endpoint),
    },
    svix2: {
      source: newer.source,
      endpoint: newer.endpoint,
      upsert: newer.source.upsert.bind(newer.source),
      upsertEndpoint: newer.endpoint.upsert.bind(newer.endpoint),
      setHeaders: newer.endpoint.setHeaders.bind(newer.endpoint),
      dashboard: newer.authentication.consumerPortalAccess.bind(newer.authentication),
      getCode: newer.endpoint.transformation.get.bind(newer.endpoint.transformation),
      patchCode: newer.endpoint.transformation.patch.bind(newer.endpoint.transformation),
    },
  }
  return { ...api, ...names[client] }
}

describe.each(CLIENTS)('sources through %s', (client) => {
  it('are created, read, listed, replaced under their uid, and deleted', async () => {
    const { source, upsert } = await setupSources(client)
    const created = await source.create({
      name: 'Repositories',
      uid: 'repos',
      type: 'github',
      config: { secret: 'a-secret' },
      metadata: { team: 'a' },
    })
    expect(created).toMatchObject({ name: 'Repositories', uid: 'repos', type: 'github' })
    expect(created.id).toMatch(/^src_[A-Za-z0-9]{21,22}$/)
    expect(created.ingestUrl).toMatch(/^http:\/\/127\.0\.0\.1:8072\/in\/[\w-]{43}$/)
    expect(await source.get('repos')).toEqual(created)
    const replaced = await upsert('repos', {
      name: 'Code',
      uid: 'repos',
      type: 'github',
      config: {},
    })
    expect(replaced).toMatchObject({ id: created.id, name: 'Code', ingestUrl: created.ingestUrl })
    const listed = await source.list()
    expect(listed.data.map(({ id }) => id)).toEqual([created.id])
    await source.delete('repos')
    await expect(source.get('repos')).rejects.toMatchObject({ code: 404 })
  })

  it('get another URL', async () => {
    const { source } = await setupSources(client)
    const made = await source.create({
      name: 'One',
      type: 'stripe',
      config: { secret: 'whsec_x' },
    })
    const rotated = await source.rotateToken(made.id)
    expect(rotated.ingestUrl).not.toBe(made.ingestUrl)
    expect((await source.get(made.id)).ingestUrl).toBe(rotated.ingestUrl)
  })

  it('have a link to the portal of their own application and no other, for reading alone if so asked', async () => {
    const { source, dashboard, send, url } = await setupSources(client)
    const [own, other] = [await appOf('One'), await appOf('Two')]
    async function appOf(name: string) {
      const { id } = await source.create({ name, type: 'stripe', config: { secret: 'whsec_x' } })
      const { body } = await send('GET', `/../../ingest/api/v1/source/${id}`)
      return { sourceId: id, appId: String(body.appId) }
    }
    const link = await dashboard(own.sourceId, { readOnly: true })
    const [page, key = ''] = link.url.split('#key=')
    expect(page).toBe(`${url}/login`)
    const { appId } = own
    const { token } = link
    expect(JSON.parse(Buffer.from(key, 'base64').toString())).toEqual({ appId, token })
    const endpoint = { body: { url: 'https://example.com/a' } }
    const reads = sendAs(url, token)
    expect((await reads('GET', `/app/${appId}`)).body.id).toBe(appId)
    expect((await reads('GET', `/app/${other.appId}`)).status).toBe(404)
    expect((await reads('POST', `/app/${appId}/endpoint`, endpoint)).status).toBe(403)
    const writes = sendAs(url, (await dashboard(own.sourceId, {})).token)
    expect((await writes('POST', `/app/${appId}/endpoint`, endpoint)).status).toBe(201)
  })

  it('have endpoints with headers, secrets and a transformation', async () => {
    const { source, endpoint, ...svix } = await setupSources(client)
    const { id } = await source.create({
      name: 'One',
      type: 'slack',
      config: { secret: 's' },
    })
    const made = await endpoint.create(id, { url: 'https://example.com/a', uid: 'a' })
    expect(await endpoint.get(id, 'a')).toMatchObject({ id: made.id, uid: 'a', disabled: false })
    await svix.upsertEndpoint(id, 'a', { url: 'https://example.com/b', uid: 'a' })
    expect((await endpoint.list(id)).data.map(({ url }) => url)).toEqual(['https://example.com/b'])
    await svix.setHeaders(id, 'a', { headers: { 'X-A': '1' } })
    expect((await endpoint.getHeaders(id, 'a')).headers).toEqual({ 'X-A': '1' })
    const { key } = await endpoint.getSecret(id, 'a')
    await endpoint.rotateSecret(id, 'a', {})
    expect((await endpoint.getSecret(id, 'a')).key).not.toBe(key)
    expect(await svix.getCode(id, 'a')).toMatchObject({ enabled: false })
    const code = 'function handler(w) { return w }'
    await svix.patchCode(id, 'a', { code, enabled: true })
    expect(await svix.getCode(id, 'a')).toMatchObject({ code, enabled: true })
    await endpoint.delete(id, 'a')
    expect((await endpoint.list(id)).data).toEqual([])
  })

  it('of a schedule come back with it, and put back as they were read stay as they are', async () => {
    const { source, upsert, send } = await setupSources(client)
    const config = { schedule: '0 9 * * *', payload: '{"a": 1}', contentType: 'text/plain' }
    const made = await source.create({ name: 'Daily', uid: 'daily', type: 'cron', config })
    expect(made).toMatchObject({ type: 'cron', config })
    const configChanges = { timezone: 'Asia/Tokyo', missed: 'skip' }
    await send('PATCH', '/source/daily', { body: { configChanges } })
    const read = await source.get('daily')
    if (read.type !== 'cron') throw new Error(`It is a ${read.type}.`)
    expect(read.config).toEqual(config)
    const fields = { name: read.name, uid: 'daily', type: read.type, config: read.config }
    expect(await upsert('daily', fields)).toMatchObject({ id: made.id, config })
    const kept = await send('GET', '/source/daily')
    expect(kept.body.shownConfig).toEqual({ ...config, ...configChanges })
  })

  it('of a type that the SDK doesn’t know are listed as generic webhooks', async () => {
    const { source, core, scope } = await setupSources(client)
    const made = await createSource(core, scope, {
      application: null,
      uid: null,
      name: 'SMS',
      type: 'twilio',
      config: {},
      secrets: ['token'],
      options: DEFAULT_OPTIONS,
      metadata: {},
    })
    expect(await source.get(made.id)).toMatchObject({ type: 'generic-webhook' })
  })
})

describe('a source', () => {
  it('shows no secret, keeps it when a replacement leaves it out, and says when nothing is proven', async () => {
    const { core, send, svix2 } = await setupApi()
    const fields = { name: 'a', type: 'github' } as const
    const { id } = await svix2.ingest.source.create({ ...fields, config: { secret: 'hidden' } })
    const kept = async () => {
      const row = await core.db.prisma.source.findUniqueOrThrow({ where: { id } })
      return core.vault.open(row.secrets)
    }
    const path = `/../../ingest/api/v1/source/${id}`
    const shown = await send('GET', path)
    expect(shown.body).toMatchObject({ config: {}, unverified: false })
    await svix2.ingest.source.upsert(id, { ...fields, config: {} })
    expect(await kept()).toBe('["hidden"]')
    const removed = await send('PUT', path, { body: { ...fields, config: { secret: null } } })
    expect(removed.body).toMatchObject({ unverified: true })
    expect(await kept()).toBe('[]')
    const publicKey = Buffer.alloc(32, 1).toString('base64')
    const telnyx = { name: 'b', type: 'telnyx', config: { publicKey } } as const
    expect((await svix2.ingest.source.create(telnyx)).config).toEqual({ publicKey })
  })

  it('refuses what can’t work: no secret, an unknown type, no schedule, a taken uid', async () => {
    const { send } = await setupApi()
    const post = async (body: object) =>
      (await send('POST', '/../../ingest/api/v1/source', { body })).status
    expect(await post({ name: 'a', type: 'stripe', config: {} })).toBe(422)
    expect(await post({ name: 'a', type: 'nobody' })).toBe(422)
    for (const config of [
      { schedule: 'often', payload: '{}' },
      { schedule: '* * * * * *', payload: '{}' },
      { schedule: '0 0 30 2 *', payload: '{}' },
      { schedule: '0 9 * * *', timezone: 'Mars/Olympus', payload: '{}' },
      { schedule: '0 9 * * *', missed: 'often', payload: '{}' },
    ])
      expect(await post({ name: 'a', type: 'cron', config })).toBe(422)
    const config = { schedule: '* * * * *', payload: '{}' }
    expect(await post({ name: 'a', type: 'cron', config })).toBe(201)
    expect(await post({ name: 'a', uid: 'u', type: 'generic-webhook' })).toBe(201)
    expect(await post({ name: 'a', uid: 'u', type: 'generic-webhook' })).toBe(409)
  })

  it('owns an application that is listed nowhere, and is another organisation’s 404', async () => {
    const { send, svix2 } = await setupApi()
    const other = await setupApi()
    const { id } = await svix2.ingest.source.create({ name: 'a', type: 'generic-webhook' })
    expect((await svix2.application.list()).data).toEqual([])
    const { body } = await send('GET', `/../../ingest/api/v1/source/${id}`)
    expect((await send('GET', `/app/${body.appId}/msg`)).status).toBe(200)
    for (const path of ['', '/endpoint'])
      expect((await other.send('GET', `/../../ingest/api/v1/source/${id}${path}`)).status).toBe(404)
    expect((await other.send('GET', `/source/${id}/request`)).status).toBe(404)
    expect((await other.as('')('GET', `/source/${id}/quarantine`)).status).toBe(401)
  })
})

describe('a request in quarantine', () => {
  it('is published once the secret is right, once however often it is released', async () => {
    const { core, send, svix2 } = await setupApi()
    const { id } = await svix2.ingest.source.create({
      name: 'a',
      type: 'github',
      config: { secret: 'wrong' },
    })
    const body = '{"ref":"main"}'
    const headers = {
      'x-hub-signature-256': [githubSignature('right', body)],
      'x-github-event': ['push'],
    }
    const requestId = `srcreq_${'0'.repeat(27)}`
    await core.db.prisma.quarantinedRequest.create({
      data: {
        sourceId: id,
        id: requestId,
        reason: 'wrong_signature',
        detail: '',
        method: 'POST',
        path: '/',
        address: '127.0.0.1',
        request: core.vault.seal(JSON.stringify({ url: 'http://127.0.0.1/in/x', headers })),
        body: Buffer.from(body),
        receivedAt: new Date(),
      },
    })
    const release = async () => send('POST', `/source/${id}/quarantine/${requestId}/release`)
    expect(await release()).toMatchObject({ status: 400, body: { code: 'still_refused' } })
    await svix2.ingest.source.upsert(id, { name: 'a', type: 'github', config: { secret: 'right' } })
    const answers = await Promise.all([release(), release(), release()])
    expect(new Set(answers.map((answer) => answer.body.messageId)).size).toBe(1)
    expect(await release()).toMatchObject({ status: 200, body: answers[0]?.body })
    const { appId } = await core.db.prisma.source.findUniqueOrThrow({ where: { id } })
    const messages = await core.db.prisma.message.findMany({ where: { appId } })
    expect(messages).toMatchObject([{ eventType: 'github.push', payload: body }])
    const listed = await send('GET', `/source/${id}/quarantine`)
    expect(listed.body.data).toMatchObject([{ id: requestId, messageId: messages[0]?.id }])
    const log = await send('GET', `/source/${id}/request?outcome=accepted`)
    expect(log.body.data).toMatchObject([{ reason: 'released', messageId: messages[0]?.id }])
  })
})
