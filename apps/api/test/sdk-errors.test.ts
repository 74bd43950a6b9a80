import { Svix as Svix1 } from 'svix1'
import { Svix as Svix2 } from 'svix2'
import { describe, expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

/** Each body breaks one rule; the place that must be named is beside it. */
const INVALID: readonly (readonly [body: object, loc: readonly string[]])[] = [
  [{ payload: {} }, ['body', 'eventType']],
  [{ eventType: 'a b', payload: {} }, ['body', 'eventType']],
  [{ eventType: 5, payload: {} }, ['body', 'eventType']],
  [{ eventType: 'a.b', payload: [] }, ['body', 'payload']],
  [{ eventType: 'a.b', payload: 'x' }, ['body', 'payload']],
  [{ eventType: 'a.b', payload: {}, channels: ['a b'] }, ['body', 'channels', '[0]']],
  [{ eventType: 'a.b', payload: {}, channels: 'x' }, ['body', 'channels']],
  [{ eventType: 'a.b', payload: {}, eventId: 'a b' }, ['body', 'eventId']],
  [{ eventType: 'a.b', payload: {}, tags: [''] }, ['body', 'tags', '[0]']],
  [
    { eventType: 'a.b', payload: {}, payloadRetentionPeriod: 0 },
    ['body', 'payloadRetentionPeriod'],
  ],
]

// What JavaScript callers may pass whatever the types say.
// oxlint-disable-next-line typescript/no-explicit-any
type Untyped = any

async function setupSdks() {
  const bench = await setupApi()
  await bench.send('POST', '/app', { body: { name: 'One', uid: 'one' } })
  const { svix1, svix2 } = bench
  return { ...bench, sdks: [svix1, svix2] as const }
}

async function refusalOf(call: Promise<unknown>): Promise<Untyped> {
  return call.then(
    () => expect.fail('was accepted'),
    (err: unknown) => err,
  )
}

describe('an exception of the official SDKs', () => {
  it.each(INVALID)('for %j names the field', async (body, loc) => {
    const { url, token, sdks } = await setupSdks()
    for (const sdk of sdks) {
      // The SDKs drop what their types don't know, so a body of the wrong shape goes through as it is.
      const untyped: Untyped = sdk.message
      const refusal = await refusalOf(untyped.create('one', body))
      expect(refusal.code).toBe(422)
      const [fault] = refusal.body.detail
      expect(fault).toEqual({ loc, msg: expect.any(String), type: expect.any(String) })
    }
    const raw = await fetch(`${url}/api/v1/app/one/msg`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    })
    expect(raw.headers.get('x-request-id')).toMatch(/^req_/)
  })

  it('for what comes too often is a 429 that says when to come back', async () => {
    const { databaseUrl, token } = await setupSdks()
    await using strict = await startTestApi({ databaseUrl, env: { POSTHORN_API_RATE_LIMIT: '1' } })
    for (const Sdk of [Svix1, Svix2]) {
      const sdk = new Sdk(token, { serverUrl: strict.url })
      const asked = Array.from({ length: 10 }, () => sdk.application.list())
      const refusal = await refusalOf(Promise.all(asked))
      await Promise.allSettled(asked)
      expect(refusal).toMatchObject({
        code: 429,
        body: { code: 'rate_limit_exceeded', detail: expect.stringMatching(/Retry-After/) },
      })
      expect(refusal.headers['retry-after']).toMatch(/^[1-9]\d*$/)
    }
  })

  it('for what is refused otherwise has a code and a sentence', async () => {
    const { sdks } = await setupSdks()
    for (const sdk of sdks) {
      const message = { eventType: 'a.b', payload: { n: 1 } }
      const endpoint = await sdk.endpoint.create('one', { url: 'https://hooks.example.com/a' })
      await sdk.endpoint.patch('one', endpoint.id, { disabled: true })
      await sdk.message.create('one', message, { idempotencyKey: 'same' })
      const refusals = [
        [400, () => sdk.endpoint.sendExample('one', endpoint.id, { eventType: 'svix.ping' })],
        [404, () => sdk.message.create('nobody', message)],
        [
          409,
          () =>
            sdk.message.create(
              'one',
              { ...message, payload: { n: 2 } },
              { idempotencyKey: 'same' },
            ),
        ],
        [
          413,
          () => sdk.message.create('one', { ...message, payload: { a: 'x'.repeat(2_200_000) } }),
        ],
      ] as const
      for (const [status, call] of refusals) {
        const refusal = await refusalOf(call())
        expect(refusal).toMatchObject({
          code: status,
          body: {
            code: expect.stringMatching(/^[a-z_]+$/),
            detail: expect.stringMatching(/\w+ \w+/),
          },
        })
      }
    }
  })
})
