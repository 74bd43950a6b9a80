import { describe, expect, test } from 'vitest'
import { answerHandshake, findProvider } from '../src/index.ts'
import { now, secret, hmac, ask } from './handshake-setup.ts'
import { inputOf, vectors } from './vector.ts'

describe('an SNS subscription', () => {
  const asked = {
    method: 'POST',
    secrets: [],
    config: { topicArn: 'arn' },
    body: JSON.stringify({
      Type: 'SubscriptionConfirmation',
      SubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription',
    }),
  }

  test('is confirmed for nobody who isn’t verified', async () => {
    expect(await ask('aws-sns', asked)).toMatchObject({ outcome: 'refused', status: 401 })
    const answer = await ask('aws-sns', { ...asked, noVerification: true })
    expect(answer).toMatchObject({ outcome: 'answered' })
    expect(answer).not.toHaveProperty('confirm')
  })

  test('is confirmed on no other host', async () => {
    const body = asked.body.replace('sns.eu-west-1.amazonaws.com', 'sns.evil.example')
    const answer = await ask('aws-sns', { ...asked, body, noVerification: true })
    expect(answer).toMatchObject({ outcome: 'refused', status: 403 })
  })
})

describe('Front', () => {
  const ms = String(now.getTime())
  const body = '{"type":"sync","authorization":{"id":"cmp_abc"}}'
  const headers = {
    'x-front-challenge': 'kQ4f9',
    'x-front-request-timestamp': ms,
    'x-front-signature': hmac(`${ms}:${body}`).digest('base64'),
  }

  test('gets its challenge back as JSON', async () => {
    expect(await ask('front', { method: 'POST', body, headers })).toMatchObject({
      status: 200,
      body: '{"challenge":"kQ4f9"}',
      headers: { 'content-type': 'application/json' },
    })
  })

  test('is told nothing where the challenge is not signed', async () => {
    const forged = { ...headers, 'x-front-signature': hmac('other').digest('base64') }
    expect(await ask('front', { method: 'POST', body, headers: forged })).toMatchObject({
      outcome: 'refused',
      status: 401,
    })
  })
})

describe('WooCommerce', () => {
  test.each([[[secret]], [[]]])('gets 200 for its unsigned ping, secrets: %j', async (secrets) => {
    const answer = await ask('woocommerce', { method: 'POST', body: 'webhook_id=12', secrets })
    expect(answer).toMatchObject({ outcome: 'answered', status: 200, body: '' })
  })

  test.each(['webhook_id=12&a=1', 'webhook_id=', '{"id":12}'])(
    'gets none for %s, which is no ping',
    async (body) => {
      expect(await ask('woocommerce', { method: 'POST', body })).toBeUndefined()
    },
  )
})

describe('LINE', () => {
  const body = '{"destination":"U1","events":[]}'
  const signed = (text: string) => ({ 'x-line-signature': hmac(text).digest('base64') })

  test.each([
    ['unsigned', {}],
    ['signed', signed(body)],
  ])('gets 200 for its check of no events, %s', async (_how, headers) => {
    const answer = await ask('line', { method: 'POST', body, headers })
    expect(answer).toMatchObject({ outcome: 'answered', status: 200 })
  })

  test('gets 401 for a check with a wrong signature, and none for what has events', async () => {
    const forged = { method: 'POST', body, headers: signed('other') }
    expect(await ask('line', forged)).toMatchObject({ outcome: 'refused', status: 401 })
    for (const ordinary of ['{"events":[{"type":"message"}]}', '{"events":{}}', '{}', 'x'])
      expect(await ask('line', { method: 'POST', body: ordinary })).toBeUndefined()
  })
})

describe('Daily', () => {
  test.each([
    ['before its secret is known', []],
    ['though another secret signed it', [secret]],
  ])('gets 200 for its test of the URL, %s', async (_when, secrets) => {
    for (const body of ['{"test":"test"}', '{ "test": "test" }\n']) {
      const answer = await ask('daily', { method: 'POST', body, secrets })
      expect(answer).toMatchObject({ outcome: 'answered', status: 200, body: '' })
    }
  })

  test.each(['{"test":"test","type":"meeting.started"}', '{"test":1}', '[]', ''])(
    'gets none for %s, which is no such test',
    async (body) => {
      expect(await ask('daily', { method: 'POST', body, secrets: [] })).toBeUndefined()
    },
  )
})

test('an ordinary request is no handshake', async () => {
  for (const vector of vectors) {
    const provider = findProvider(vector.type)
    if (provider === null) throw new Error(vector.type)
    const answer = await answerHandshake(provider, inputOf(vector))
    if (vector.method === 'POST') expect([vector.type, answer]).toEqual([vector.type, undefined])
  }
})

test('a body larger than any handshake is not looked at', async () => {
  const challenge = JSON.stringify({ challenge: 'a', padding: 'x'.repeat(64 * 1024) })
  expect(await ask('slack', { method: 'POST', body: challenge })).toBeUndefined()
})
