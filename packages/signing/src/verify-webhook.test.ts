import { expect, test } from 'vitest'
import { generateSecret, parseSecret, parseVerifyingKey } from './secret.ts'
import { signWebhook } from './sign-webhook.ts'
import { verifyWebhook, type WebhookToVerify } from './verify-webhook.ts'

const nowSeconds = 1_700_000_000

function received(overrides: Partial<WebhookToVerify> = {}): WebhookToVerify {
  const secret = generateSecret()
  const body = '{"a":1}'
  const keys = [parseSecret(secret)]
  const signature = signWebhook({ id: 'msg_1', timestampSeconds: nowSeconds, body, keys })
  const verifyingKeys = [parseVerifyingKey(secret)]
  const timestamp = String(nowSeconds)
  return { id: 'msg_1', timestamp, signature, body, keys: verifyingKeys, nowSeconds, ...overrides }
}

const reasonOf = (webhook: WebhookToVerify) => {
  const verification = verifyWebhook(webhook)
  return verification.valid ? null : verification.reason
}

test.each([0, 299, 300, -300])('accepts a timestamp %i seconds old', (ageSeconds) => {
  expect(reasonOf(received({ nowSeconds: nowSeconds + ageSeconds }))).toBeNull()
})

test('refuses timestamps outside of the tolerance, both ways', () => {
  expect(reasonOf(received({ nowSeconds: nowSeconds + 301 }))).toBe('too_old')
  expect(reasonOf(received({ nowSeconds: nowSeconds - 301 }))).toBe('too_new')
  expect(reasonOf(received({ nowSeconds: nowSeconds + 301, toleranceSeconds: 400 }))).toBeNull()
})

test.each([
  '5abc',
  ' 5',
  '5 ',
  '5.9',
  '-5',
  '+5',
  '1e9',
  '0x10',
  '01700000000',
  '９',
  '9'.repeat(30),
  'NaN',
])('refuses the timestamp %j', (timestamp) => {
  expect(reasonOf(received({ timestamp }))).toBe('bad_timestamp')
})

test.each(['id', 'timestamp', 'signature'] as const)('refuses a request without its %s', (name) => {
  expect(reasonOf(received({ [name]: undefined }))).toBe('missing_header')
  expect(reasonOf(received({ [name]: '' }))).toBe('missing_header')
})

test('finds the matching signature among others', () => {
  const { signature, ...webhook } = received()
  expect(reasonOf({ ...webhook, signature: `v1,AAAA v2,x nonsense ${signature}` })).toBeNull()
})

test.each([
  ['another key', { keys: [parseSecret(generateSecret())] }],
  ['no key', { keys: [] }],
  ['another body', { body: '{"a":2}' }],
  ['another id', { id: 'msg_2' }],
  ['another moment', { timestamp: String(nowSeconds + 1) }],
  ['an empty value', { signature: 'v1,' }],
  ['no version', { signature: 'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' }],
  ['bytes over 0x7f', { signature: 'v1,\u00e9'.repeat(20) }],
  ['10 kB of commas', { signature: ','.repeat(10_000) }],
])('refuses a signature of %s', (_what, overrides) => {
  expect(reasonOf(received(overrides))).toBe('no_matching_signature')
})

test('refuses an HMAC signature relabelled as v1a, and the other way round', () => {
  const v1 = received()
  expect(reasonOf({ ...v1, signature: v1.signature?.replace('v1,', 'v1a,') })).toBe(
    'no_matching_signature',
  )
  const keys = [parseSecret(generateSecret('ed25519'))]
  const v1a = signWebhook({ id: 'msg_1', timestampSeconds: nowSeconds, body: '{"a":1}', keys })
  expect(reasonOf({ ...v1, keys, signature: v1a })).toBeNull()
  expect(reasonOf({ ...v1, keys, signature: v1a.replace('v1a,', 'v1,') })).toBe(
    'no_matching_signature',
  )
})
