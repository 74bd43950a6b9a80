import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { generateSecret, parseSecret, parseVerifyingKey, presentSecret } from './secret.ts'
import { signWebhook } from './sign-webhook.ts'
import { verifyWebhook } from './verify-webhook.ts'

const nowSeconds = Math.floor(Date.now() / 1000)
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

function verifyWithStandardWebhooks(text: string, signature: string, body: string): unknown {
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(nowSeconds),
    'webhook-signature': signature,
  }
  return new Webhook(text).verify(body, headers)
}

test('makes the signature of the Standard Webhooks vector', () => {
  const signature = signWebhook({
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestampSeconds: 1614265330,
    body: '{"test": 2432232314}',
    keys: [parseSecret(secret)],
  })
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test.each([
  '{}',
  '{"a":"😊 ñ n\u0303 … </p> \\/ & \u2028"}',
  '{"n":12345678901234567890,"e":1E+2,"z":"\\u0000"}',
  ` { "spaces" :\t1 }\n`,
  JSON.stringify({ long: 'x'.repeat(100_000) }),
])('signs text and its bytes alike, and the standardwebhooks library verifies it: %#', (body) => {
  const webhook = { id: 'msg_1', timestampSeconds: nowSeconds, keys: [parseSecret(secret)] }
  const signature = signWebhook({ ...webhook, body })
  expect(signWebhook({ ...webhook, body: Buffer.from(body) })).toBe(signature)
  expect(verifyWithStandardWebhooks(secret, signature, body)).toEqual(JSON.parse(body))
})

test('signs bytes that are not UTF-8 as they are', () => {
  const body = Buffer.from([0xff, 0xfe, 0x00, 0x80])
  const key = parseSecret(secret)
  const signature = signWebhook({ id: 'msg_1', timestampSeconds: nowSeconds, body, keys: [key] })
  const received = {
    id: 'msg_1',
    timestamp: String(nowSeconds),
    signature,
    keys: [key],
    nowSeconds,
  }
  expect(verifyWebhook({ ...received, body })).toEqual({ valid: true })
  expect(verifyWebhook({ ...received, body: Buffer.from('\ufffd\ufffd\0\ufffd') }).valid).toBe(
    false,
  )
})

test('signs with every key: v1 before v1a, the current key first within its version', () => {
  const secrets = [generateSecret('ed25519'), secret, generateSecret(), generateSecret('ed25519')]
  const webhook = { id: 'msg_1', timestampSeconds: nowSeconds, body: '{"a":1}' }
  const alone = secrets.map((one) => signWebhook({ ...webhook, keys: [parseSecret(one)] }))
  const signature = signWebhook({ ...webhook, keys: secrets.map(parseSecret) })
  expect(signature).toBe([alone[1], alone[2], alone[0], alone[3]].join(' '))
  for (const one of secrets) {
    const keys = [parseVerifyingKey(presentSecret(one))]
    const received = { ...webhook, timestamp: String(nowSeconds), signature, keys, nowSeconds }
    expect(verifyWebhook(received)).toEqual({ valid: true })
  }
  expect(verifyWithStandardWebhooks(secret, signature, webhook.body)).toEqual({ a: 1 })
})

test('makes one and the same ed25519 signature for the same webhook', () => {
  const keys = [parseSecret(generateSecret('ed25519'))]
  const webhook = { id: 'msg_1', timestampSeconds: 1, body: 'x', keys }
  expect(signWebhook(webhook)).toBe(signWebhook(webhook))
  expect(signWebhook(webhook)).toMatch(/^v1a,[A-Za-z0-9+/]{86}==$/)
})

test('refuses to sign with no key or a fractional timestamp', () => {
  const keys = [parseSecret(secret)]
  expect(() => signWebhook({ id: 'm', timestampSeconds: 1, body: '', keys: [] })).toThrow(
    RangeError,
  )
  expect(() => signWebhook({ id: 'm', timestampSeconds: 1.5, body: '', keys })).toThrow(RangeError)
})
