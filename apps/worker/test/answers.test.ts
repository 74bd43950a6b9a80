import { generateSecret, parseVerifyingKey, presentSecret, verifyWebhook } from '@posthorn/signing'
import { type ReceiverReply, startReceiver, waitFor } from '@posthorn/test-kit'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

describe('a 2xx', () => {
  const empty: readonly (readonly [string, ReceiverReply])[] = [
    ['200 without a body', { status: 200, body: '' }],
    [
      '200 that promises JSON and has none',
      { status: 200, headers: { 'content-type': 'application/json' }, body: '' },
    ],
    ['201 with null', { status: 201, body: 'null' }],
    ['202 with HTML', { status: 202, headers: { 'content-type': 'text/html' }, body: '<p>' }],
    ['204', { status: 204, body: '' }],
  ]

  it.each(empty)('%s is delivered with one request', async (_name, reply) => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    receiver.replies(reply)
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'delivered')
    expect(receiver.of(id)).toHaveLength(1)
  })

  it('whose body never ends is delivered, with a notice, within the time of one attempt', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_REQUEST_TIMEOUT: '0.5' } })
    await using receiver = await startReceiver()
    receiver.replies('drip')
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'delivered')
    expect(await pipeline.attemptsOf(id)).toMatchObject([{ success: true, code: 'body_timeout' }])
  })
})

describe('no answer at all', () => {
  it('ends with the time of one attempt and is retried', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_REQUEST_TIMEOUT: '0.3' } })
    await using receiver = await startReceiver()
    receiver.replies('hang', 200)
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'delivered')
    expect(await pipeline.attemptsOf(id)).toMatchObject([{ success: false }, { success: true }])
  })
})

describe('webhook-delivery in the answer', () => {
  it('abort-message ends this delivery only', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    receiver.replies({ status: 500, headers: { 'webhook-delivery': 'abort-message' } }, 200)
    const endpointId = await pipeline.addEndpoint(receiver.url)
    const first = await pipeline.publish()
    await pipeline.untilStatus(first, 'failed')
    const second = await pipeline.publish()
    await pipeline.untilStatus(second, 'delivered')
    expect(await pipeline.attemptsOf(first)).toMatchObject([{ code: 'receiver_aborted' }])
    expect((await pipeline.stateOf(endpointId)).disabled).toBe(false)
  })

  it.each([
    [500, 'failed'],
    [200, 'delivered'],
  ] as const)(
    'disable on a %i ends the delivery as %s and disables the endpoint',
    async (status, end) => {
      await using pipeline = await startPipeline()
      await using receiver = await startReceiver()
      receiver.replies({ status, headers: { 'webhook-delivery': 'disable' } })
      const endpointId = await pipeline.addEndpoint(receiver.url)
      const id = await pipeline.publish()
      await pipeline.untilStatus(id, end)
      await waitFor('disabling', async () => (await pipeline.stateOf(endpointId)).disabled)
      expect((await pipeline.stateOf(endpointId)).disabled_by).toBe('receiver')
    },
  )

  it('abort-message on a 2xx changes nothing', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    receiver.replies({ status: 200, headers: { 'webhook-delivery': 'abort-message' } })
    const endpointId = await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'delivered')
    expect(await pipeline.attemptsOf(id)).toMatchObject([{ success: true, code: null }])
    expect((await pipeline.stateOf(endpointId)).disabled).toBe(false)
  })
})

describe('a message whose payload is gone', () => {
  it('fails as payload_expired without a request', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '1,1' } })
    await using receiver = await startReceiver()
    receiver.replies(500)
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor('the first attempt', async () => (await pipeline.attemptsOf(id)).length === 1)
    await pipeline.db.hot.query('UPDATE message SET payload = NULL WHERE id = $1', [id])
    await pipeline.untilStatus(id, 'failed')
    expect((await pipeline.attemptsOf(id)).at(-1)?.code).toBe('payload_expired')
    expect(receiver.of(id)).toHaveLength(1)
  })
})

describe('a signature', () => {
  it('of an ed25519 secret verifies with the public key, beside the HMAC one', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    const [current, former] = [generateSecret('ed25519'), generateSecret()]
    await pipeline.addEndpoint(receiver.url, { secrets: [current, former] })
    const id = await pipeline.publish('{"a":1}')
    await waitFor('the request', () => receiver.of(id).length === 1)
    const [request] = receiver.of(id)
    const headers = request?.headers ?? {}
    expect(() => new Webhook(former).verify('{"a":1}', headers)).not.toThrow()
    const verified = verifyWebhook({
      id,
      timestamp: headers['webhook-timestamp'],
      signature: headers['webhook-signature'],
      body: request?.body ?? '',
      keys: [parseVerifyingKey(presentSecret(current))],
      nowSeconds: Date.now() / 1000,
    })
    expect(verified).toEqual({ valid: true })
  })

  it('is made anew, at its own time, for each attempt of an old message', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '1.2' } })
    await using receiver = await startReceiver()
    receiver.replies(500, 200)
    const secret = generateSecret()
    await pipeline.addEndpoint(receiver.url, { secrets: [secret] })
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'delivered')
    const [first, second] = receiver.of(id).map((one) => Number(one.headers['webhook-timestamp']))
    expect(second).toBeGreaterThan(first ?? Number.POSITIVE_INFINITY)
    for (const { body, headers } of receiver.of(id))
      expect(() => new Webhook(secret).verify(body, headers)).not.toThrow()
  })

  const bodies = [
    '{"a":"😊 ñ n\u0303 …","b":"</p>","c":"\\/","d":"&","e":"\u2028"}',
    '{ "z":1, "a":1e3, "n":12345678901234567890, "a2":1.0 }\n',
  ]
  it.each(bodies)('covers the very bytes that were published: %s', async (payload) => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    const secret = generateSecret()
    await pipeline.addEndpoint(receiver.url, { secrets: [secret] })
    const id = await pipeline.publish(payload)
    await waitFor('the request', () => receiver.of(id).length === 1)
    const [request] = receiver.of(id)
    expect(request?.body.equals(Buffer.from(payload))).toBe(true)
    expect(request?.headers['content-type']).not.toMatch(/charset=(?!utf-8)/i)
    expect(() =>
      new Webhook(secret).verify(request?.body ?? '', request?.headers ?? {}),
    ).not.toThrow()
  })
})
