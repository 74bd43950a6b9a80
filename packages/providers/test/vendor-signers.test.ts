import { generateKeyPairSync } from 'node:crypto'
import { sign as signGithub } from '@octokit/webhooks-methods'
import { type JWTPayload, SignJWT } from 'jose'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import Stripe from 'stripe'
import { Webhook as SvixWebhook } from 'svix2'
import twilio from 'twilio'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../src/encoded-bytes.ts'
import { findProvider, verify, type VerifyInput } from '../src/index.ts'

const now = new Date('2026-11-25T12:00:00Z')
const nowSeconds = now.getTime() / 1000
const whsec = `whsec_${Buffer.alloc(24, 0xfb).toString('base64')}`
const bodies = [
  '{"type":"a.b","id":"evt_1"}',
  '{"text":"😊 ñ n\u0303 … </p> \\/ & \u2028 \\u001b"}',
  '{"n":12345678901234567890,"e":1E+2,"z":1.0}',
  ' {\t"spaces" : 1 }\r\n',
]

interface Sent {
  body: string
  headers: Record<string, string>
  secret: string
  url?: string
  config?: VerifyInput['config']
}

async function outcomeOf(type: string, { body, headers, secret, url, config }: Sent) {
  const provider = findProvider(type)
  if (provider === null) throw new Error(`no provider ${type}`)
  const verification = await verify(provider, {
    rawBody: Buffer.from(body),
    method: 'POST',
    url: url ?? 'https://hooks.example.com/in/abc',
    headers,
    config: config ?? {},
    secrets: [secret],
    now,
  })
  return verification.outcome === 'refused' ? verification.reason : verification.outcome
}

describe.each(bodies)('verifies what the vendor’s own library signs: %j', (body) => {
  test('octokit for GitHub', async () => {
    const secret = 'It’s a secret'
    const headers = { 'x-hub-signature-256': await signGithub(secret, body) }
    expect(await outcomeOf('github', { body, headers, secret })).toBe('verified')
    expect(await outcomeOf('github', { body: `${body} `, headers, secret })).toBe('wrong_signature')
  })

  test('stripe', async () => {
    const stripe = new Stripe('sk_test_unused')
    const header = (timestamp: number) =>
      stripe.webhooks.generateTestHeaderString({ payload: body, secret: whsec, timestamp })
    const send = (timestamp: number) =>
      outcomeOf('stripe', {
        body,
        headers: { 'stripe-signature': header(timestamp) },
        secret: whsec,
      })
    expect(await send(nowSeconds)).toBe('verified')
    expect(await send(nowSeconds - 301)).toBe('timestamp_too_old')
    expect(await send(nowSeconds + 301)).toBe('timestamp_too_new')
  })

  test.each([
    ['standard', 'webhook', StandardWebhook],
    ['svix', 'svix', SvixWebhook],
    ['resend', 'webhook', SvixWebhook],
  ] as const)('%s under %s-*', async (type, prefix, Webhook) => {
    const headers = {
      [`${prefix}-id`]: 'msg_1',
      [`${prefix}-timestamp`]: String(nowSeconds),
      [`${prefix}-signature`]: new Webhook(whsec).sign('msg_1', now, body),
    }
    expect(await outcomeOf(type, { body, headers, secret: whsec })).toBe('verified')
    const other = { ...headers, [`${prefix}-id`]: 'msg_2' }
    expect(await outcomeOf(type, { body, headers: other, secret: whsec })).toBe('wrong_signature')
  })
})

describe('twilio', () => {
  const secret = '12345'
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2&q=it%27s'
  const params = { Digits: ['1234', '5678', '1234'], From: '+14158675309', Body: 'ñ & 😊' }
  const body = new URLSearchParams([
    ...params.Digits.map((digit): [string, string] => ['Digits', digit]),
    ['From', params.From],
    ['Body', params.Body],
  ]).toString()
  const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }

  test.each([url, url.replace('.com/', '.com:443/'), url.replace('.com/', '.com:1234/')])(
    'verifies a form received at %s',
    async (received) => {
      const signature = twilio.getExpectedTwilioSignature(secret, url, params)
      const sent = { body, headers: { ...form, 'x-twilio-signature': signature }, secret }
      expect(await outcomeOf('twilio', { ...sent, url: received })).toBe('verified')
      expect(await outcomeOf('twilio', { ...sent, url: `${received}&x=1` })).toBe('wrong_signature')
    },
  )

  test('verifies a quote in the query whichever way it was escaped when signed', async () => {
    const quoted = "https://mycompany.com/myapp.php?q=it's"
    for (const signedUrl of [quoted, quoted.replace("'", '%27')]) {
      const signature = twilio.getExpectedTwilioSignature(secret, signedUrl, params)
      const sent = { body, headers: { ...form, 'x-twilio-signature': signature }, secret }
      expect(await outcomeOf('twilio', { ...sent, url: quoted })).toBe('verified')
      expect(await outcomeOf('twilio', { ...sent, url: quoted.replace("'", '%27') })).toBe(
        'verified',
      )
    }
  })

  test('verifies JSON by the hash in its URL, and no other body', async () => {
    const json = '{"a":"😊"}'
    const signedUrl = `${url}&bodySHA256=${sha256(json).toString('hex')}`
    const signature = twilio.getExpectedTwilioSignature(secret, signedUrl, {})
    const headers = { 'content-type': 'application/json', 'x-twilio-signature': signature }
    const sent = { headers, secret, url: signedUrl }
    expect(await outcomeOf('twilio', { ...sent, body: json })).toBe('verified')
    expect(await outcomeOf('twilio', { ...sent, body: `${json} ` })).toBe('wrong_signature')
    const unhashed = twilio.getExpectedTwilioSignature(secret, url, {})
    const bare = { ...headers, 'x-twilio-signature': unhashed }
    expect(await outcomeOf('twilio', { headers: bare, secret, url, body: json })).toBe(
      'malformed_body',
    )
  })
})

describe('tokens made by jose', () => {
  const body = '{"event":"a"}'
  const secret = 'k'.repeat(40)
  const claims = { iss: 'netlify', sha256: sha256(body).toString('hex') }
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const publicPem = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString()

  function hmacToken(payload: JWTPayload, alg = 'HS256') {
    return new SignJWT(payload).setProtectedHeader({ alg }).sign(Buffer.from(secret))
  }

  async function netlify(token: string) {
    return outcomeOf('netlify', { body, headers: { 'x-webhook-signature': token }, secret })
  }

  test('pass with the right issuer and hash only', async () => {
    expect(await netlify(await hmacToken(claims))).toBe('verified')
    expect(await netlify(await hmacToken({ ...claims, iss: 'other' }))).toBe('wrong_claim')
    expect(await netlify(await hmacToken({ ...claims, sha256: '00' }))).toBe('wrong_signature')
    expect(await netlify(await hmacToken({ iss: 'netlify' }))).toBe('wrong_signature')
  })

  test('are refused with another algorithm, none included', async () => {
    expect(await netlify(await hmacToken(claims, 'HS512'))).toBe('malformed_signature')
    const [, payload] = (await hmacToken(claims)).split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    expect(await netlify(`${none}.${payload}.`)).toBe('malformed_signature')
  })

  test('are refused when expired or from the future', async () => {
    const timed = (iat: number, exp: number) => hmacToken({ ...claims, iat, exp })
    expect(await netlify(await timed(nowSeconds - 10, nowSeconds + 60))).toBe('verified')
    expect(await netlify(await timed(nowSeconds - 999, nowSeconds - 500))).toBe('timestamp_too_old')
    expect(await netlify(await timed(nowSeconds + 500, nowSeconds + 999))).toBe('timestamp_too_new')
  })

  test.each([
    ['ES256', 'P-256'],
    ['ES384', 'P-384'],
    ['ES512', 'P-521'],
  ])('of the key of a curve pass: %s', async (alg, namedCurve) => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve })
    const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
    const payload = { request_body_sha256: sha256(body).toString('base64') }
    const token = await new SignJWT(payload).setProtectedHeader({ alg }).sign(privateKey)
    const headers = { 'x-fusionauth-signature-jwt': token }
    expect(await outcomeOf('fusionauth', { body, headers, secret: pem })).toBe('verified')
    const other = await outcomeOf('fusionauth', { body: `${body} `, headers, secret: pem })
    expect(other).toBe('wrong_signature')
  })

  test('of a public key pass by that key, which never serves as a shared secret', async () => {
    const payload = { request_body_sha256: sha256(body).toString('base64') }
    const send = (token: string) =>
      outcomeOf('fusionauth', {
        body,
        headers: { 'x-fusionauth-signature-jwt': token },
        secret: publicPem,
      })
    const rs256 = new SignJWT(payload).setProtectedHeader({ alg: 'RS256' })
    expect(await send(await rs256.sign(pair.privateKey))).toBe('verified')
    const forged = new SignJWT(payload).setProtectedHeader({ alg: 'HS256' })
    expect(await send(await forged.sign(Buffer.from(publicPem)))).toBe('wrong_signature')
  })
})
