// Vectors made by vendors' own libraries. Those that are no dependency here are read from a folder:
//
//   npm install --prefix /tmp/libraries braintree @contentful/node-apps-toolkit @workos-inc/node
//     @sanity/webhook @mux/mux-node @hubspot/api-client livekit-server-sdk pusher @linear/sdk
//     @easypost/api discord-interactions plivo telnyx retell-sdk @notionhq/client webflow-api
//     @nangohq/node @elevenlabs/elevenlabs-js @vonage/jwt
//   node sign-with-libraries.mjs /tmp/libraries
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { sign as signGithub } from '@octokit/webhooks-methods'
import Stripe from 'stripe'
import { Webhook } from 'svix2'
import { acceptedVectors } from './accepted-by-libraries.mjs'
import { acceptedByNewer, signedByNotion } from './newer-libraries.mjs'
import { hash, millis, now, seconds, url, vector, writeVectors } from './vector-file.mjs'

const folder = process.argv[2] ?? '.'
const load = createRequire(join(folder, 'package.json'))
const versionOf = (name) => load(join(folder, 'node_modules', name, 'package.json')).version
const by = (name, what) => `made by ${name} ${versionOf(name)}, ${what}`
const bodyHash = (body) => `sha256:${hash('sha256', body, 'hex')}`
const secret = 'secret-of-the-source-0123456789'
const whsec = `whsec_${Buffer.alloc(24, 0xfb).toString('base64')}`

// These take the time from the clock.
Date.now = () => now.getTime()

const svixSenders = [
  'beehiiv',
  'brex',
  'clerk',
  'guesty',
  'incident-io',
  'lithic',
  'nash',
  'open-ai',
  'pleo',
  'psi-fi',
  'render',
  'replicate',
  'resend',
  'safebase',
  'sardine',
  'stych',
  'recall-ai',
  'loops',
  'svix',
]

function svix(type) {
  const body = '{"type":"user.created","text":"ñ 😊"}'
  const list = new Webhook(whsec).sign('msg_1', now, body)
  const headers = { 'svix-id': 'msg_1', 'svix-timestamp': seconds, 'svix-signature': list }
  return vector(type, {
    source: 'made by svix 2.5.0, Webhook.sign',
    secret: whsec,
    body,
    headers,
    signature: list.slice(3),
    timestamp: seconds,
    expect: ['user.created', 'msg_1'],
  })
}

function stripe() {
  const payload = '{"id":"evt_1","type":"invoice.paid","text":"ñ 😊"}'
  const header = new Stripe('sk_test_unused').webhooks.generateTestHeaderString({
    payload,
    secret: whsec,
    timestamp: Number(seconds),
  })
  return vector('stripe', {
    source: 'made by stripe 23.1.0, webhooks.generateTestHeaderString',
    secret: whsec,
    body: payload,
    headers: { 'stripe-signature': header },
    signature: header.split('v1=')[1],
    timestamp: seconds,
    expect: ['invoice.paid', 'evt_1'],
  })
}

async function github() {
  const body = '{"action":"opened","text":"ñ 😊"}'
  const signed = await signGithub(secret, body)
  return vector('github', {
    source: 'made by @octokit/webhooks-methods 6.0.0, sign',
    secret,
    body,
    headers: {
      'x-hub-signature-256': signed,
      'x-github-event': 'issues',
      'x-github-delivery': 'd-1',
    },
    signature: signed.slice(7),
    expect: ['issues.opened', 'd-1'],
  })
}

async function braintree() {
  const { BraintreeGateway, Environment } = load('braintree')
  const gateway = new BraintreeGateway({
    environment: Environment.Sandbox,
    merchantId: 'm',
    publicKey: 'public_1',
    privateKey: secret,
  })
  const { bt_signature, bt_payload } = gateway.webhookTesting.sampleNotification(
    'subscription_canceled',
    'my_id',
  )
  const body = new URLSearchParams({ bt_signature, bt_payload }).toString()
  return vector('braintree', {
    source: by('braintree', 'webhookTesting.sampleNotification'),
    secret,
    body,
    covered: bt_payload.slice(20, 60),
    config: { publicKey: 'public_1' },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    signature: bt_signature.split('|')[1],
  })
}

function contentful() {
  const { signRequest } = load('@contentful/node-apps-toolkit')
  const key = secret.padEnd(64, 'x')
  const body = '{"sys":{"type":"Entry"}}'
  const headers = {
    'x-contentful-topic': 'ContentManagement.Entry.publish',
    'x-contentful-idempotency-key': 'k-1',
  }
  const signed = signRequest(
    key,
    { method: 'POST', path: '/in/abc?a=b%20c', headers, body },
    now.getTime(),
  )
  return vector('contentful', {
    source: by('@contentful/node-apps-toolkit', 'signRequest'),
    secret: key,
    url: `${url}?a=b%20c`,
    body,
    headers: { ...headers, ...signed },
    signature: signed['x-contentful-signature'],
    timestamp: millis,
    expect: ['ContentManagement.Entry.publish', 'k-1'],
  })
}

async function workos() {
  const { WorkOS } = load('@workos-inc/node')
  const payload = { id: 'event_1', event: 'dsync.user.created' }
  const signature = await new WorkOS('sk_x').webhooks.computeSignature(millis, payload, secret)
  return vector('workos', {
    source: by('@workos-inc/node', 'webhooks.computeSignature'),
    secret,
    body: JSON.stringify(payload),
    headers: { 'workos-signature': `t=${millis}, v1=${signature}` },
    signature,
    timestamp: millis,
    expect: ['dsync.user.created', 'event_1'],
  })
}

async function sanity() {
  const body = '{"_type":"post","text":"ñ 😊"}'
  const header = await load('@sanity/webhook').encodeSignatureHeader(body, now.getTime(), secret)
  return vector('sanity', {
    source: by('@sanity/webhook', 'encodeSignatureHeader'),
    secret,
    body,
    headers: { 'sanity-webhook-signature': header, 'idempotency-key': 'k-1' },
    signature: header.split('v1=')[1],
    timestamp: millis,
    expect: ['post', 'k-1'],
  })
}

function hubspot(version) {
  const { Signature } = load('@hubspot/api-client')
  const requestBody = '[{"eventId":1,"subscriptionId":2,"subscriptionType":"contact.creation"}]'
  const signature = Signature.getSignature('POST', version, {
    clientSecret: secret,
    requestBody,
    url,
    timestamp: now.getTime(),
  })
  const headers =
    version === 'v3'
      ? { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': millis }
      : { 'x-hubspot-signature': signature }
  return vector('hubspot', {
    source: by('@hubspot/api-client', `Signature.getSignature ${version}`),
    secret,
    body: requestBody,
    config: version === 'v3' ? {} : { signatureVersion: version },
    headers,
    signature,
    ...(version === 'v3' && { timestamp: millis }),
    expect: ['contact.creation', '1.2'],
  })
}

async function livekit() {
  const { AccessToken } = load('livekit-server-sdk')
  const body = '{"event":"room_started","id":"e-1"}'
  const token = new AccessToken('APIkey1', secret, { ttl: '100y' })
  token.sha256 = hash('sha256', body, 'base64')
  const jwt = await token.toJwt()
  return vector('livekit', {
    source: by('livekit-server-sdk', 'AccessToken.sha256'),
    secret,
    body,
    config: { apiKey: 'APIkey1' },
    headers: { authorization: jwt },
    signature: jwt.split('.')[2],
    expect: ['room_started', 'e-1'],
  })
}

function pusher() {
  const Token = load('pusher/lib/token')
  const body = '{"time_ms":1,"events":[{"name":"channel_occupied"}]}'
  const signature = new Token('key-1', secret).sign(body)
  return vector('pusher', {
    source: by('pusher', 'Token.sign'),
    secret,
    body,
    config: { appKey: 'key-1' },
    headers: { 'x-pusher-key': 'key-1', 'x-pusher-signature': signature },
    signature,
    expect: ['channel_occupied', bodyHash(body)],
  })
}

async function retell() {
  const { Retell } = load('retell-sdk')
  const body = '{"event":"call_ended","call":{"call_id":"c-1"},"text":"ñ 😊"}'
  const header = await Retell.sign(body, secret)
  return vector('retell', {
    source: by('retell-sdk', 'Retell.sign'),
    secret,
    body,
    headers: { 'x-retell-signature': header },
    signature: header.split('d=')[1],
    timestamp: millis,
    expect: ['call_ended', 'c-1.call_ended'],
  })
}

writeVectors('by-libraries', [
  ...svixSenders.map(svix),
  stripe(),
  await github(),
  await braintree(),
  contentful(),
  await workos(),
  await sanity(),
  ...['v1', 'v2', 'v3'].map(hubspot),
  await livekit(),
  pusher(),
  await retell(),
  await signedByNotion(folder),
])
const accepted = [...(await acceptedVectors(folder)), ...(await acceptedByNewer(folder))]
writeVectors('accepted-by-libraries', accepted)
