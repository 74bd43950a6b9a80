import { generateSecret } from '@posthorn/signing'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { ARRANGEMENTS, startPipeline } from './pipeline.ts'

describe.each(ARRANGEMENTS)('delivering %s', (arrangement) => {
  it('sends the published bytes, signed so that both header families verify', async () => {
    await using pipeline = await startPipeline({ arrangement })
    await using receiver = await startReceiver()
    const secret = generateSecret()
    await pipeline.addEndpoint(receiver.url, { secrets: [secret] })
    const payload = '{"big": 12345678901234567890, "x":1.0, "e":"😊 ñ \\/ \\u0041"}'
    const id = await pipeline.publish(payload)
    await waitFor(
      'the delivery',
      async () => (await pipeline.deliveryOf(id))?.status === 'delivered',
    )
    const [request] = receiver.of(id)
    expect(request?.body.toString('utf8')).toBe(payload)
    const headers = request?.headers ?? {}
    for (const family of ['webhook', 'svix']) {
      const signed = Object.fromEntries(
        ['id', 'timestamp', 'signature'].map((name) => [
          `webhook-${name}`,
          headers[`${family}-${name}`] ?? '',
        ]),
      )
      expect(() => new Webhook(secret).verify(payload, signed)).not.toThrow()
    }
  })

  it('retries on schedule and stops after the first 2xx', async () => {
    await using pipeline = await startPipeline({ arrangement })
    await using receiver = await startReceiver()
    receiver.replies(503, 500, 200)
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor(
      'the delivery',
      async () => (await pipeline.deliveryOf(id))?.status === 'delivered',
    )
    expect((await pipeline.attemptsOf(id)).map((attempt) => attempt.code)).toEqual([
      'http_503',
      'http_500',
      null,
    ])
    expect(receiver.of(id)).toHaveLength(3)
  })

  it('gives up after the last step of the schedule', async () => {
    await using pipeline = await startPipeline({ arrangement })
    await using receiver = await startReceiver()
    receiver.replies(500)
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor('the end', async () => (await pipeline.deliveryOf(id))?.status === 'failed')
    expect((await pipeline.attemptsOf(id)).map((attempt) => attempt.number)).toEqual([1, 2, 3, 4])
  })

  it('delivers a burst of 500 messages, each once', async () => {
    await using pipeline = await startPipeline({ arrangement })
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    const ids = await Promise.all(
      Array.from({ length: 500 }, (_, n) => pipeline.publish(`{"n":${n}}`)),
    )
    await waitFor('all of them', () => receiver.requests.length >= 500, 25_000)
    expect(new Set(receiver.requests.map((request) => request.messageId))).toEqual(new Set(ids))
    expect(receiver.requests).toHaveLength(500)
  })
})

describe('an attempt', () => {
  it('says which Posthorn made it', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor('the request', () => receiver.of(id).length === 1)
    expect(receiver.of(id)[0]?.headers['user-agent']).toBe(`Posthorn/${packageJson.version}`)
  })

  it('is signed with every live secret, the current one first', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    const [current, former] = [generateSecret(), generateSecret()]
    await pipeline.addEndpoint(receiver.url, { secrets: [current, former] })
    const id = await pipeline.publish('{"a":1}')
    await waitFor('the request', () => receiver.of(id).length === 1)
    const headers = receiver.of(id)[0]?.headers ?? {}
    const signatures = (headers['webhook-signature'] ?? '').split(' ')
    expect(signatures).toHaveLength(2)
    const first = { ...headers, 'webhook-signature': signatures[0] ?? '' }
    expect(() => new Webhook(current).verify('{"a":1}', first)).not.toThrow()
    expect(() => new Webhook(former).verify('{"a":1}', headers)).not.toThrow()
  })

  it('that is answered 410 ends the delivery and disables the endpoint', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    receiver.replies(410)
    const endpointId = await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor('the end', async () => (await pipeline.deliveryOf(id))?.status === 'failed')
    await waitFor('disabling', async () => {
      const { rows } = await pipeline.db.hot.query(
        'SELECT disabled_by FROM endpoint WHERE id = $1',
        [endpointId],
      )
      return rows[0]?.disabled_by === 'receiver'
    })
    expect(receiver.requests).toHaveLength(1)
  })

  it('to an endpoint disabled meanwhile is canceled instead of retried', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    receiver.replies('hang')
    const endpointId = await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor('the request', () => receiver.of(id).length === 1)
    await pipeline.db.hot.query(
      'UPDATE endpoint SET disabled = true, version = version + 1 WHERE id = $1',
      [endpointId],
    )
    await receiver[Symbol.asyncDispose]()
    await waitFor('the end', async () => (await pipeline.deliveryOf(id))?.status === 'canceled')
  })

  it('by hand never disturbs the schedule, and ends it when it succeeds', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '600' } })
    await using receiver = await startReceiver()
    receiver.replies(500, 500, 200)
    const endpointId = await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    const attempts = async () => (await pipeline.attemptsOf(id)).length
    await waitFor('the first attempt', async () => (await attempts()) === 1)
    const resend = () =>
      pipeline.db.hot.query(
        `INSERT INTO delivery (message_id, endpoint_id, trigger, app_id, wait, next_attempt_at)
         VALUES ($1, $2, 'manual', $3, 'time', now())
         ON CONFLICT (message_id, endpoint_id, trigger) DO UPDATE SET status = 'pending', wait = 'time', next_attempt_at = now()`,
        [id, endpointId, pipeline.app.appId],
      )
    await resend()
    await waitFor('the failed resend', async () => (await attempts()) === 2)
    expect(await pipeline.deliveryOf(id)).toMatchObject({
      status: 'pending',
      attempts: 1,
      wait: 'time',
    })
    await resend()
    await waitFor('the resend', async () => (await attempts()) === 3)
    expect(await pipeline.deliveryOf(id)).toMatchObject({ status: 'delivered', wait: null })
  })
})
