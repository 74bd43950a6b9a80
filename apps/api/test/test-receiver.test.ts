import { startInbox } from '@posthorn/test-kit'
import { Webhook } from 'svix2'
import { describe, expect, it } from 'vitest'
import { sendAs } from './api-setup.ts'
import { createBrowser, setupStaff } from './staff-setup.ts'
import { startTestApi } from './test-api.ts'

const TOKEN = 'what-the-api-shows-the-inbox'

/** An application with an endpoint at the receiver of an installation that has the inbox. */
async function setup() {
  await using stack = new AsyncDisposableStack()
  const staff = await setupStaff()
  const inbox = stack.use(await startInbox({ port: 0, token: TOKEN, verify: () => false }))
  const env = {
    POSTHORN_INBOX_URL: inbox.url,
    POSTHORN_INBOX_TOKEN: TOKEN,
    POSTHORN_ALLOW_SUBNETS: '127.0.0.1/32',
  }
  const api = stack.use(await startTestApi({ databaseUrl: staff.databaseUrl, env }))
  const send = sendAs(api.url, staff.token)
  const { body: app } = await send('POST', '/app', { body: { name: 'Acme' } })
  const path = `/app/${app.id}/test-receiver`
  const { body: receiver } = await send('GET', path)
  const { body: endpoint } = await send('POST', `/app/${app.id}/endpoint`, {
    body: { url: receiver.url },
  })
  const secretPath = `/app/${app.id}/endpoint/${endpoint.id}/secret`
  const secret = async () => String((await send('GET', secretPath)).body.key)
  const arrive = (body: string, headers: Record<string, string>) =>
    fetch(String(receiver.url), { method: 'POST', body, headers })
  const signed = async (body: string, id = 'msg_1', at = new Date()) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(await secret()).sign(id, at, body),
  })
  const resources = stack.move()
  const read = async () => (await send('GET', path)).body
  return {
    staff,
    api,
    inbox,
    send,
    app,
    path,
    endpoint,
    secretPath,
    arrive,
    signed,
    read,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

describe('the test receiver of an application', () => {
  it('shows what arrived, whole, and which secret it verifies with', async () => {
    await using it = await setup()
    const first = await it.signed('{"a":1}')
    await it.arrive('{"a":1}', first)
    await it.send('POST', `${it.secretPath}/rotate`, { body: {} })
    await it.arrive('{"a":2}', await it.signed('{"a":2}', 'msg_2'))
    await it.arrive('{"a":3}', first)
    await it.arrive('{}', await it.signed('{}', 'msg_4', new Date(Date.now() - 3_600_000)))
    await it.arrive('plain', {})
    const { url, endpointIds, received } = await it.read()
    expect(url).toBe(`${it.inbox.url}/${it.app.id}`)
    expect(endpointIds).toEqual([it.endpoint.id])
    expect(received).toMatchObject([
      { verdict: 'missing_header', body: 'plain', endpointId: null },
      { verdict: 'clock' },
      { verdict: 'no_secret_fits', body: '{"a":3}', fingerprint: null },
      { verdict: 'current_secret', endpointId: it.endpoint.id },
      { verdict: 'former_secret', method: 'POST', answeredStatusCode: 200, bodyBytes: 7 },
    ])
    const [current, former] = received.slice(3)
    expect(current.fingerprint).toMatch(/^[0-9a-f]{8}$/)
    expect(current.fingerprint).not.toBe(former.fingerprint)
    expect(former.headers).toContainEqual(['webhook-id', 'msg_1'])
    const { body: later } = await it.send('GET', `${it.path}?after=${received[1].id}`)
    expect(later.received).toEqual([received[0]])
    expect(later.ids).toHaveLength(5)
  })

  it('gives bytes that are no text as base64, and the beginning of what is long', async () => {
    await using it = await setup()
    await it.arrive('é'.repeat(40_000), {})
    await fetch(`${it.inbox.url}/${it.app.id}`, { method: 'POST', body: new Uint8Array([0xff]) })
    const { received } = await it.read()
    expect(received[0]).toMatchObject({ isBase64: true, body: '/w==' })
    expect(received[1]).toMatchObject({ isBase64: false, bodyBytes: 80_000 })
    expect(received[1].body.length).toBeLessThanOrEqual(64_000)
  })

  it('answers what support tells it, which is in the record, and forgets when asked', async () => {
    await using it = await setup()
    const support = await it.staff.join('support')
    const browser = createBrowser(it.api.url)
    for (const [name, value] of support.cookies) browser.cookies.set(name, value)
    const call = browser.within(it.staff.orgId)
    const tell = (body: object) => call('PUT', `${it.path}/answer`, { body })
    expect((await tell({ statusCode: 503, delayMs: 5 })).status).toBe(204)
    expect((await it.arrive('{}', {})).status).toBe(503)
    expect((await it.read()).answer).toEqual({ statusCode: 503, delayMs: 5 })
    expect(await it.staff.auditActions()).toContain('test_receiver.answer')
    for (const wrong of [
      { statusCode: 600, delayMs: 0 },
      { statusCode: 200, delayMs: 70_000 },
    ])
      expect((await tell(wrong)).status).toBe(422)
    expect((await call('DELETE', `${it.path}/received`)).status).toBe(204)
    expect((await it.read()).received).toEqual([])
  })

  it("is neither a viewer's, nor a portal's, nor another organisation's", async () => {
    await using it = await setup()
    const viewer = await it.staff.join('viewer')
    expect((await viewer.call('GET', it.path)).status).toBe(403)
    const access = await it.send('POST', `/auth/app-portal-access/${it.app.id}`, { body: {} })
    expect((await sendAs(it.api.url, access.body.token)('GET', it.path)).status).toBe(403)
    const stranger = await setupStaff()
    expect((await sendAs(it.api.url, stranger.token)('GET', it.path)).status).toBe(404)
  })

  it('says that there is none, or that it does not answer', async () => {
    const bundle = await setup()
    const { path, staff, send } = bundle
    expect((await staff.send('GET', path)).body).toMatchObject({ url: null, received: [] })
    const body = { statusCode: 200, delayMs: 0 }
    expect((await staff.send('PUT', `${path}/answer`, { body })).status).toBe(404)
    await bundle.inbox[Symbol.asyncDispose]()
    expect((await send('GET', path)).status).toBe(503)
    await bundle[Symbol.asyncDispose]()
  })
})
