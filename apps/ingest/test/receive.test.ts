import { githubSignature, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

function signGithub(secret: string, body: string, event = 'push'): Record<string, string> {
  const signature = githubSignature(secret, body)
  return {
    'x-hub-signature-256': signature,
    'x-github-event': event,
    'x-github-delivery': `${event}-${signature.slice(-8)}`,
  }
}

const SECRET = 'a-secret-of-github'
const GITHUB = { type: 'github', secrets: [SECRET] }

describe('a request to a source', () => {
  it('is a message once it is answered, under the type the provider names, on the source’s channel', async () => {
    await using ingest = await startTestIngest({ hasWorker: true })
    const source = await ingest.source(GITHUB)
    await using receiver = await ingest.endpoint(source.appId)
    const body = '{"zen": 1.0,\n "big": 12345678901234567890}'
    const sent = await source.send(body, signGithub(SECRET, body))
    expect([sent.status, sent.text]).toEqual([200, '{"success":true}'])
    const [message] = await source.messages()
    expect(message).toMatchObject({
      appId: source.appId,
      eventType: 'github.push',
      channels: [source.id],
      payload: body,
      payloadForm: null,
    })
    await waitFor('the delivery', () => receiver.requests.length === 1)
    expect(receiver.requests[0]?.body.toString()).toBe(body)
    expect(receiver.requests[0]?.headers['webhook-id']).toBe(message?.id)
    expect(await source.requests()).toMatchObject([
      { outcome: 'accepted', messageId: message?.id, eventType: 'github.push', reason: null },
    ])
  })

  it('joins its event type to the catalog', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source()
    await source.send('{"type":"order placed"}')
    const types = await ingest.core.db.prisma.eventType.findMany({
      where: { orgId: ingest.scope.orgId },
    })
    expect(types.map((type) => type.name)).toEqual(['generic-webhook.order_placed'])
  })

  it('is refused and kept when the signature is wrong, and no message', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source(GITHUB)
    const sent = await source.send('{}', { ...signGithub('other', '{}'), cookie: 'a=b' })
    expect(sent.status).toBe(401)
    expect(sent.text).not.toContain('signature')
    expect(await source.messages()).toEqual([])
    expect(await source.requests()).toMatchObject([
      { outcome: 'quarantined', reason: 'wrong_signature', messageId: null },
    ])
    const [request] = await source.requests()
    expect(Object.keys(Object(request?.headers))).not.toContain('cookie')
    expect(Object.keys(Object(request?.headers))).not.toContain('x-hub-signature-256')
    expect(await source.quarantined()).toMatchObject([{ id: request?.id }])
  })

  it('is one message however often it comes, also with another delivery id on the same signed body', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source(GITHUB)
    const headers = signGithub(SECRET, '{"a":1}')
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () => source.send('{"a":1}', headers)),
    )
    const replayed = await source.send('{"a":1}', { ...headers, 'x-github-delivery': 'another' })
    expect([...answers, replayed].map(({ status }) => status)).toEqual(Array(13).fill(200))
    const messages = await source.messages()
    expect(messages).toHaveLength(1)
    const outcomes = (await source.requests()).map(({ outcome, messageId }) => [outcome, messageId])
    expect(outcomes.filter(([outcome]) => outcome === 'accepted')).toHaveLength(1)
    expect(outcomes.every(([, messageId]) => messageId === messages[0]?.id)).toBe(true)
  })

  it('counts as new when its key’s time is over', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source(GITHUB)
    const headers = signGithub(SECRET, '{}')
    await source.send('{}', headers)
    await ingest.core.db.hot.query(`UPDATE source_key SET expires_at = now() - interval '1 second'`)
    await source.send('{}', headers)
    expect(await source.messages()).toHaveLength(2)
  })

  it('is 404 at an unknown token, at the id, and once the source is gone', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source()
    for (const name of ['x', source.id, 'A'.repeat(43), `${source.token}x`]) {
      const { status } = await fetch(`${ingest.url}/in/${name}`, { method: 'POST' })
      expect([name, status]).toEqual([name, 404])
    }
    const { status } = await fetch(`${ingest.url}/api/v1/app`, { method: 'POST' })
    expect(status).toBe(404)
  })
})

describe('a body', () => {
  it.each([
    ['XML', 'text/xml; charset=utf-8', Buffer.from('<a b="1">é</a>')],
    ['a form', 'application/x-www-form-urlencoded', Buffer.from('a=1&a=2&__proto__=x')],
    ['bytes', 'application/octet-stream', Buffer.from([0, 1, 2, 255, 254])],
    ['JSON that is no object', 'application/json', Buffer.from('[1, 2]')],
    ['JSON with a key that is none', 'application/json', Buffer.from('{"__proto__": {"a": 1}}')],
    ['nothing', 'text/plain', Buffer.alloc(0)],
  ])('of %s arrives byte for byte under its content type', async (_what, type, body) => {
    await using ingest = await startTestIngest({ hasWorker: true })
    const source = await ingest.source()
    await using receiver = await ingest.endpoint(source.appId)
    const sent = await source.send(body, { 'content-type': type })
    expect(sent.status).toBe(200)
    await waitFor('the delivery', () => receiver.requests.length === 1)
    expect(receiver.requests[0]?.body).toEqual(body)
    expect(receiver.requests[0]?.headers['content-type']).toBe(type)
  })
})
