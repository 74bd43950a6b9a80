import { ConflictError, NotFoundError, RefusedError } from '@posthorn/core'
import { type GivenReply, makeReply } from '@posthorn/core/ingest'
import { forgetExpired } from '@posthorn/db'
import { silentLogger } from '@posthorn/runtime'
import { waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { loadIngestConfig } from '../src/config.ts'
import { startIngest } from '../src/start-ingest.ts'
import { setupFlow } from './flow-setup.ts'
import { setupWebhook } from './losant-setup.ts'
import { ingestEnv } from './test-ingest.ts'

type Webhook = Awaited<ReturnType<typeof setupWebhook>>

/** Calls, and replies to the call once its message is there. */
async function callAndReply(webhook: Webhook, reply: GivenReply) {
  const called = webhook.call({ body: '{}' })
  const replyId = await nextReplyId(webhook)
  await replyTo(webhook, replyId, reply)
  return called
}

async function nextReplyId({ messages }: Pick<Webhook, 'messages'>): Promise<string> {
  await waitFor('the message', async () => (await messages()).length > 0)
  const [message] = await messages()
  return JSON.parse(message?.payload ?? '{}').replyId
}

interface ReplyingTo extends Pick<Webhook, 'scope' | 'appId' | 'webhookId'> {
  readonly core: Parameters<typeof makeReply>[0]
}

function replyTo(
  { core, scope, appId, webhookId }: ReplyingTo,
  replyId: string,
  reply: GivenReply,
) {
  return makeReply(core, { ...scope, appId }, { sourceId: webhookId, replyId, reply })
}

const waits = { waitForReply: true }

describe('a webhook that waits for a reply', () => {
  it('has a replyId of its own in each payload; one that doesn’t wait has none', async () => {
    await using webhook = await setupWebhook(waits, { replyMs: 100 })
    await Promise.all([webhook.call(), webhook.call()])
    const payloads = (await webhook.messages()).map(({ payload }) => JSON.parse(payload ?? ''))
    const ids = (await webhook.messages()).map(({ id }) => id)
    expect(payloads.map(({ replyId }) => replyId)).toEqual(ids)
    const other = await webhook.webhook({})
    await other.call()
    const [message] = await other.messages()
    expect(JSON.parse(message?.payload ?? '')).not.toHaveProperty('replyId')
  })

  it('answers with the status, headers and body of the reply', async () => {
    await using webhook = await setupWebhook({ ...waits, responseCode: 202 })
    const answer = await callAndReply(webhook, {
      status: 418,
      headers: { 'X-Mine': 'a', 'Content-Type': 'text/csv; charset=utf-8' },
      body: 'a,b',
    })
    expect(answer).toMatchObject({ status: 418, text: 'a,b' })
    expect(answer.headers.get('x-mine')).toBe('a')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  })

  it('answers 504 in Losant’s words where nobody replies, and the message stays', async () => {
    await using webhook = await setupWebhook(waits, { replyMs: 100 })
    const answer = await webhook.call()
    expect(answer).toMatchObject({
      status: 504,
      text: '{"error":"Time out waiting for workflow reply"}',
    })
    expect(await webhook.messages()).toHaveLength(1)
  })

  it('answers with the first of several, and the others are told that they came later', async () => {
    await using webhook = await setupWebhook(waits)
    const called = webhook.call()
    const replyId = await nextReplyId(webhook)
    const made = await Promise.allSettled(
      Array.from({ length: 5 }, (_, n) => replyTo(webhook, replyId, { body: { n } })),
    )
    const winner = made.findIndex(({ status }) => status === 'fulfilled')
    expect(JSON.parse((await called).text)).toEqual({ n: winner })
    const reasons = made.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(reasons).toHaveLength(4)
    for (const reason of reasons) {
      expect(reason).toBeInstanceOf(ConflictError)
      expect(reason).toHaveProperty('code', 'already_replied')
    }
  })

  it('takes a reply whose caller hung up; the next call is answered as ever', async () => {
    await using webhook = await setupWebhook(waits)
    const gone = new AbortController()
    const called = fetch(webhook.webhookUrl, { method: 'POST', signal: gone.signal })
    const replyId = await nextReplyId(webhook)
    gone.abort()
    await expect(called).rejects.toThrow('aborted')
    await replyTo(webhook, replyId, { body: 'nobody reads it' })
    const next = webhook.call()
    await waitFor('the next message', async () => (await webhook.messages()).length === 2)
    await replyTo(webhook, (await webhook.messages())[1]?.id ?? '', { body: 'read' })
    expect(await next).toMatchObject({ status: 200, text: 'read' })
  })

  it('answers once where the reply comes at the last moment: by it, or that none came', async () => {
    await using webhook = await setupWebhook(waits, { replyMs: 300 })
    const calledAtMs = performance.now()
    const called = webhook.call()
    const replyId = await nextReplyId(webhook)
    await waitFor('the last moment', () => performance.now() - calledAtMs > 290)
    await Promise.allSettled([replyTo(webhook, replyId, { body: 'late' })])
    const { status, text } = await called
    expect([status, text]).toEqual(status === 200 ? [200, 'late'] : [504, expect.any(String)])
  })

  it('finds a reply of which it heard nothing', async () => {
    await using webhook = await setupWebhook(waits)
    const called = webhook.call()
    const replyId = await nextReplyId(webhook)
    await webhook.core.db.hot.query(
      `INSERT INTO source_reply VALUES ($1, $2, 201, '{}', 'quiet', now() + interval '1 minute')`,
      [replyId, webhook.webhookId],
    )
    expect(await called).toMatchObject({ status: 201, text: 'quiet' })
  })

  it('answers before an ingest that is stopped ends, though nobody replied', async () => {
    await using webhook = await setupWebhook(waits)
    const config = loadIngestConfig(ingestEnv(webhook.databaseUrl))
    const stopping = await startIngest(config, { logger: silentLogger })
    const called = fetch(`${stopping.url}/webhooks/${webhook.token}`)
    await nextReplyId(webhook)
    await stopping[Symbol.asyncDispose]()
    expect((await called).status).toBe(504)
  })

  it('answers by the reply whatever it verifies', async () => {
    await using webhook = await setupWebhook({ ...waits, verificationType: 'twilio' })
    const headers = { 'content-type': 'text/xml' }
    const answer = await callAndReply(webhook, { headers, body: '<Response/>' })
    expect(answer).toMatchObject({ status: 200, text: '<Response/>' })
  })
})

describe('a reply', () => {
  it.each([
    [undefined, 200],
    ['', 200],
    ['abc', 200],
    [99, 200],
    [100, 200],
    [600, 200],
    [200.5, 200],
    ['404', 404],
    [503, 503],
  ])('of the status %j answers %i', async (status, expected) => {
    await using webhook = await setupWebhook(waits)
    expect(await callAndReply(webhook, { status })).toHaveProperty('status', expected)
  })

  it.each([
    ['application/json', 'application/json'],
    ['application/xml', 'application/xml'],
    ['text/plain', 'text/plain'],
    ['text/xml', 'text/xml'],
    ['text/csv', 'text/csv'],
    ['text/html', 'application/json'],
    ['image/svg+xml', 'application/json'],
    ['', 'application/json'],
  ])('of the content type %j has %j', async (type, expected) => {
    await using webhook = await setupWebhook(waits)
    const answer = await callAndReply(webhook, { headers: { 'content-type': type }, body: 'a' })
    expect(answer.headers.get('content-type')).toBe(expected)
  })

  it.each([
    [{ a: [1] }, '{"a":[1]}'],
    ['text', 'text'],
    [undefined, ''],
    [null, ''],
    ['', ''],
  ])('with the body %j is %j, JSON where no type is named', async (body, expected) => {
    await using webhook = await setupWebhook(waits)
    const answer = await callAndReply(webhook, { body })
    expect(answer.text).toBe(expected)
    expect(answer.headers.get('content-type')).toBe('application/json')
  })

  it('can’t override what the server always sets', async () => {
    await using webhook = await setupWebhook(waits)
    const headers = {
      'X-Content-Type-Options': 'none',
      'Content-Security-Policy': 'script-src *',
      'X-XSS-Protection': '1',
    }
    const answer = await callAndReply(webhook, { headers })
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
    expect(answer.headers.get('x-xss-protection')).toBe('0')
  })

  it.each([
    [{ headers: { 'Set-Cookie': 'a=b' } }],
    [{ headers: { 'content-length': '1' } }],
    [{ headers: { 'transfer-encoding': 'chunked' } }],
    [{ headers: { 'bad name': 'a' } }],
    [{ headers: { 'Content-Type:': 'x' } }],
    [{ headers: { 'x-a': 'a\r\nb: c' } }],
    [{ body: 'x'.repeat(1_000_001) }],
  ])('is refused where it breaks a rule, and may be made again', async (reply) => {
    await using webhook = await setupWebhook(waits)
    const called = webhook.call()
    const replyId = await nextReplyId(webhook)
    await expect(replyTo(webhook, replyId, reply)).rejects.toHaveProperty(
      'code',
      'validation_error',
    )
    await replyTo(webhook, replyId, { body: 'right' })
    expect(await called).toHaveProperty('text', 'right')
  })

  it('to what the webhook never received, or no more, is told so', async () => {
    await using webhook = await setupWebhook(waits, { replyMs: 100 })
    await webhook.call()
    const replyId = await nextReplyId(webhook)
    const other = { ...webhook, ...(await webhook.webhook({})) }
    await expect(replyTo(other, replyId, {})).rejects.toBeInstanceOf(NotFoundError)
    await expect(replyTo(webhook, 'msg_none', {})).rejects.toBeInstanceOf(NotFoundError)
    const { clock } = webhook.core
    const core = { ...webhook.core, clock: { nowMs: () => clock.nowMs() + 36_000 } }
    const late = replyTo({ ...webhook, core }, replyId, {})
    await expect(late).rejects.toBeInstanceOf(RefusedError)
  })

  it('is forgotten once its time is over', async () => {
    await using webhook = await setupWebhook(waits)
    const { core } = webhook
    await callAndReply(webhook, { body: 'a' })
    const forget = () =>
      forgetExpired(core.db.hot, { retentionDays: 90, nowMs: core.clock.nowMs() })
    const count = async () => (await core.db.hot.query('SELECT 1 FROM source_reply')).rowCount
    await forget()
    expect(await count()).toBe(1)
    await core.db.hot.query('UPDATE source_reply SET expires_at = now()')
    await forget()
    expect(await count()).toBe(0)
  })
})

describe('what the first endpoint answers', () => {
  it('is the reply where the webhook says so', async () => {
    const config = { ...waits, replyFrom: 'endpoint' }
    await using webhook = await setupWebhook(config, { hasWorker: true })
    await using receiver = await webhook.endpoint(webhook.appId)
    receiver.replies({ status: 202, body: '{"from":"endpoint"}' })
    const answer = await webhook.call({ body: '{}' })
    expect(answer).toMatchObject({ status: 202, text: '{"from":"endpoint"}' })
    expect(answer.headers.get('content-type')).toBe('application/json')
  })

  it('is none otherwise', async () => {
    await using webhook = await setupWebhook(waits, { hasWorker: true, replyMs: 3_000 })
    await using receiver = await webhook.endpoint(webhook.appId)
    receiver.replies({ status: 200, body: '{}' })
    expect((await webhook.call()).status).toBe(504)
  })
})

it('a reply is the result of a flow that waits for one', async () => {
  await using flow = await setupFlow({ mode: 'sync', valueTemplate: '{{ res.value }}' })
  const called = flow.call()
  await waitFor('the run', async () => (await flow.messages()).length > 0)
  const [message] = await flow.messages()
  const to = { ...flow, appId: flow.flow.appId, webhookId: flow.flow.id }
  await replyTo(to, message?.id ?? '', { body: { value: 'done' } })
  expect(await called).toMatchObject({ status: 200, text: 'done' })
})
