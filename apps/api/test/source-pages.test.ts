import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'
import { createOrganisationToken } from '@posthorn/core'
import { newId } from '@posthorn/runtime'
import { githubSignature, startTestDatabase } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

const GITHUB = { name: 'Code', type: 'github', config: { secret: 'wrong' } }

type Api = Awaited<ReturnType<typeof setupApi>>

/** Kept requests, as the receiver would have kept them; signed by `right`, and all at different times. */
async function keep({ core }: Pick<Api, 'core'>, sourceId: string, reasons: readonly string[]) {
  const ids = reasons.map((_, index) => newId('srcreq_', Date.now() - 60_000 + index))
  await core.db.prisma.quarantinedRequest.createMany({
    data: reasons.map((reason, index) => {
      const body = JSON.stringify({ index })
      const headers = {
        'x-hub-signature-256': [githubSignature('right', body)],
        'x-github-event': ['push'],
        'x-github-delivery': [`${sourceId} ${index}`],
      }
      return {
        sourceId,
        id: ids[index] ?? '',
        reason,
        detail: '',
        method: 'POST',
        path: '/',
        address: '127.0.0.1',
        request: core.vault.seal(JSON.stringify({ url: 'http://127.0.0.1/in/x', headers })),
        body: Buffer.from(body),
        receivedAt: new Date(),
      }
    }),
  })
  return ids
}

describe('release of all that quarantine keeps', () => {
  it('goes through one reason in steps, and leaves what is still refused', async () => {
    const api = await setupApi()
    const { send, core } = api
    const { body: source } = await send('POST', '/source', { body: GITHUB })
    const reasons = Array.from({ length: 60 }, () => 'wrong_signature')
    await keep(api, source.id, [...reasons, 'stale_timestamp'])
    const release = async (body: object) =>
      (await send('POST', `/source/${source.id}/quarantine/release`, { body })).body
    const refused = await release({ reason: 'wrong_signature' })
    expect(refused).toMatchObject({ released: 0, stillRefused: 50, done: false })
    await send('PATCH', `/source/${source.id}`, { body: { secrets: ['right'] } })
    const first = await release({ reason: 'wrong_signature' })
    expect(first).toMatchObject({ released: 50, stillRefused: 0, done: false })
    const next = await release({ reason: 'wrong_signature', iterator: first.iterator })
    expect(next).toMatchObject({ released: 10, stillRefused: 0, done: true })
    const messages = await core.db.prisma.message.findMany({ where: { appId: source.appId } })
    expect(new Set(messages.map(({ payload }) => payload))).toEqual(
      new Set(reasons.map((_, index) => JSON.stringify({ index }))),
    )
    const { data } = (await send('GET', `/source/${source.id}/quarantine?limit=250`)).body
    const waiting = data.filter(
      ({ releasedAt }: { releasedAt: string | null }) => releasedAt === null,
    )
    expect(waiting).toMatchObject([{ reason: 'stale_timestamp' }])
    const seen = await send('GET', `/source/${source.id}?with_received=true`)
    expect(seen.body.received).toMatchObject({ judged: 60, verified: 60, quarantined: 1 })
    expect(Date.parse(seen.body.received.lastAt)).not.toBeNaN()
  })

  it('shows a kept body as text, and what is no text as Base64', async () => {
    const api = await setupApi()
    const { send, core } = api
    const { body: source } = await send('POST', '/source', { body: GITHUB })
    const [id = ''] = await keep(api, source.id, ['wrong_signature'])
    const path = `/source/${source.id}/quarantine/${id}`
    expect((await send('GET', path)).body).toMatchObject({ body: '{"index":0}', bodyBase64: null })
    await core.db.prisma.quarantinedRequest.update({
      where: { sourceId_id: { sourceId: source.id, id } },
      data: { body: Buffer.from([0xff, 0xfe]) },
    })
    expect((await send('GET', path)).body).toMatchObject({ body: null, bodyBase64: '//4=' })
  })
})

describe('a source’s settings', () => {
  it('are shown but for secrets, and changed one by one', async () => {
    const { send } = await setupApi()
    const config = { basicAuthUsername: 'ann', basicAuthPassword: 'hidden' }
    const { body } = await send('POST', '/source', { body: { name: 'a', type: 'losant', config } })
    expect(body).toMatchObject({
      settings: ['basicAuthPassword', 'basicAuthUsername'],
      shownConfig: { basicAuthUsername: 'ann' },
      unverified: false,
    })
    const change = (configChanges: object) =>
      send('PATCH', `/source/${body.id}`, { body: { configChanges } })
    const renamed = await change({ basicAuthUsername: 'bob' })
    expect(renamed.body).toMatchObject({
      settings: ['basicAuthPassword', 'basicAuthUsername'],
      shownConfig: { basicAuthUsername: 'bob' },
    })
    const removed = await change({ basicAuthPassword: null })
    expect(removed.body).toMatchObject({ settings: ['basicAuthUsername'] })
    const both = { config: {}, configChanges: {} }
    expect((await send('PATCH', `/source/${body.id}`, { body: both })).status).toBe(422)
  })

  it('need no secret where the provider brings it, and prove nothing until it has', async () => {
    const { send } = await setupApi()
    const made = await send('POST', '/source', { body: { name: 'a', type: 'asana' } })
    expect(made).toMatchObject({ status: 201, body: { secrets: 0, unverified: false } })
  })

  it('may say that the secret comes later, and is proven by nothing until then', async () => {
    const { send } = await setupApi()
    const body = { name: 'a', type: 'stripe' }
    expect((await send('POST', '/source', { body })).status).toBe(422)
    const made = await send('POST', '/source', { body: { ...body, secrets: [] } })
    expect(made).toMatchObject({ status: 201, body: { secrets: 0, unverified: false } })
    const path = `/source/${made.body.id}`
    expect((await send('PATCH', path, { body: { name: 'b' } })).status).toBe(200)
    const given = await send('PATCH', path, { body: { secrets: ['whsec_x'] } })
    expect(given.body).toMatchObject({ name: 'b', secrets: 1 })
    expect((await send('PATCH', path, { body: { secrets: [] } })).status).toBe(422)
  })

  it('of every type tell how to set it up', async () => {
    const { send } = await setupApi()
    const { data } = (await send('GET', '/source-type')).body
    const types = data.map(({ type }: { type: string }) => type)
    expect(types).toEqual(expect.arrayContaining(['stripe', 'losant', 'aws-sns', 'generic']))
    expect(types).not.toContain('locoia')
    const { body } = await send('GET', '/source-type/stripe')
    expect(body.steps).toContainEqual(
      expect.objectContaining({ do: 'paste_url', text: 'Endpoint URL' }),
    )
    expect(body.document).toMatch(/^https:\/\/docs\.stripe\.com\//)
    expect((await send('GET', '/source-type/nobody')).status).toBe(404)
  })

  it('that the provider shows only once it has the URL may come later, and all is refused till then', async () => {
    const { send } = await setupApi()
    const { settings } = (await send('GET', '/source-type/paypal')).body
    expect(settings).toMatchObject([{ name: 'webhookId', required: true, late: true }])
    const made = await send('POST', '/source', { body: { name: 'a', type: 'paypal' } })
    expect(made).toMatchObject({ status: 201, body: { settings: [], unverified: false } })
    const change = { configChanges: { webhookId: 'WH-1' } }
    const changed = await send('PATCH', `/source/${made.body.id}`, { body: change })
    expect(changed).toMatchObject({ status: 200, body: { shownConfig: { webhookId: 'WH-1' } } })
  })
})

describe('the test form’s call', () => {
  async function setupCall() {
    await using stack = new AsyncDisposableStack()
    const asked: { readonly line: string; readonly body: string }[] = []
    const answers: RequestListener[] = []
    const server = createServer((req, res) => {
      void text(req).then((body) => {
        asked.push({ line: `${req.method} ${req.url}`, body })
        answers.shift()?.(req, res)
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const port = Object(server.address()).port
    const close = async () => {
      server.closeAllConnections()
      server.close()
    }
    stack.defer(close)
    const { url: databaseUrl } = stack.use(await startTestDatabase())
    const env = { POSTHORN_INGEST_URL: `http://127.0.0.1:${port}` }
    const { core, url } = stack.use(await startTestApi({ databaseUrl, env }))
    const { token } = await createOrganisationToken(core, { expiresInSeconds: 3600 })
    const send = sendAs(url, token)
    const { body: source } = await send('POST', '/source', {
      body: { name: 'a', type: 'generic-webhook' },
    })
    const resources = stack.move()
    return {
      asked,
      answers,
      close,
      send,
      path: new URL(source.ingestUrl).pathname,
      test: (body: object) => send('POST', `/source/${source.id}/test`, { body }),
      [Symbol.asyncDispose]: () => resources.disposeAsync(),
    }
  }

  it('is a request to the receiving URL, whose answer is told', async () => {
    await using call = await setupCall()
    call.answers.push((_req, res) => {
      res.writeHead(418, { 'x-pot': 'tea' }).end('short and stout')
    })
    const body = '{"n": 1.0}'
    const answer = await call.test({ method: 'PUT', path: '/deep?a=1&a=2', body })
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 418, body: 'short and stout', headers: { 'x-pot': 'tea' } },
    })
    expect(call.asked).toEqual([{ line: `PUT ${call.path}/deep?a=1&a=2`, body }])
  })

  it('of a flow goes to the URL with its id', async () => {
    await using call = await setupCall()
    const { body: flow } = await call.send('POST', '/flow', { body: { name: 'Orders' } })
    call.answers.push((_req, res) => {
      res.end('run')
    })
    const answer = await call.send('POST', `/source/${flow.id}/test`, { body: { path: '?a=1' } })
    expect(answer.body).toMatchObject({ status: 200, body: 'run' })
    expect(call.asked).toEqual([{ line: `POST /v1/flow-webhook/${flow.id}?a=1`, body: '' }])
  })

  it.each([
    ['/../../api/v1/app', 'path'],
    ['/%2e%2e/%2e%2e/x', 'path'],
    ['@127.0.0.1/', 'path'],
    ['/a b', 'path'],
    ['/a#b', 'path'],
  ])('goes nowhere else: %s', async (path, field) => {
    await using call = await setupCall()
    const answer = await call.test({ path })
    expect(answer).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', field] }] } })
    expect(call.asked).toEqual([])
  })

  it('takes only JSON, follows no redirect, and says when nobody answers', async () => {
    await using call = await setupCall()
    expect((await call.test({ body: '{' })).status).toBe(422)
    call.answers.push((_req, res) => {
      res.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
    })
    expect((await call.test({ method: 'GET' })).body).toMatchObject({ status: 302 })
    await call.close()
    expect(await call.test({})).toMatchObject({ status: 400, body: { code: 'receiver_away' } })
  })
})
