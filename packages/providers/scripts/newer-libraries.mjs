// Vectors of the vendors' own libraries that came last: one signs, the others can only verify.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { secret } from './signing-shapes.mjs'
import { hash, mac, millis, seconds, vector } from './vector-file.mjs'

const whole = (body) => `sha256:${hash('sha256', body, 'hex')}`
const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

function loading(folder) {
  const load = createRequire(join(folder, 'package.json'))
  const version = (name) => load(join(folder, 'node_modules', name, 'package.json')).version
  const accepted = (name, what) => `accepted by ${name} ${version(name)}, ${what}`
  return { load, version, accepted }
}

export async function signedByNotion(folder) {
  const { load, version } = loading(folder)
  const name = '@notionhq/client'
  const body = '{"type":"page.created","id":"e-1","text":"ñ 😊"}'
  const header = await load(name).signWebhookPayload({ body, verificationToken: secret })
  return vector('notion', {
    source: `made by ${name} ${version(name)}, signWebhookPayload`,
    secret,
    body,
    headers: { 'x-notion-signature': header },
    signature: header.slice('sha256='.length),
    expect: ['page.created', 'e-1'],
  })
}

export async function acceptedByNewer(folder) {
  const from = loading(folder)
  return [await webflow(from), nango(from), await elevenlabs(from), vonage(from)]
}

async function webflow({ load, accepted }) {
  const { WebflowClient } = load('webflow-api')
  const body = '{"triggerType":"form_submission","payload":{"id":"f-1","text":"ñ 😊"}}'
  const signature = mac(['sha256', secret], `${millis}:${body}`, 'hex')
  const headers = { 'x-webflow-timestamp': millis, 'x-webflow-signature': signature }
  const { webhooks } = new WebflowClient({ accessToken: 'a' })
  if (!(await webhooks.verifySignature({ headers, body, secret }))) throw new Error('webflow')
  return vector('webflow', {
    source: accepted('webflow-api', 'webhooks.verifySignature'),
    secret,
    body,
    headers,
    signature,
    timestamp: millis,
    expect: ['form_submission', 'f-1.form_submission'],
  })
}

function nango({ load, accepted }) {
  const { Nango } = load('@nangohq/node')
  const body = '{"type":"auth","operation":"creation","text":"ñ 😊"}'
  const signature = mac(['sha256', secret], body, 'hex')
  const headers = { 'x-nango-hmac-sha256': signature }
  const client = new Nango({ secretKey: secret, webhookSigningKey: secret })
  if (!client.verifyIncomingWebhookRequest(body, headers)) throw new Error('nango')
  return vector('nango', {
    source: accepted('@nangohq/node', 'verifyIncomingWebhookRequest'),
    secret,
    body,
    headers,
    signature,
    expect: ['auth.creation', whole(body)],
  })
}

async function elevenlabs({ load, accepted }) {
  const { ElevenLabsClient } = load('@elevenlabs/elevenlabs-js')
  const body = '{"type":"post_call_transcription","text":"ñ 😊"}'
  const signature = mac(['sha256', secret], `${seconds}.${body}`, 'hex')
  const header = `t=${seconds},v0=${signature}`
  await new ElevenLabsClient({ apiKey: 'a' }).webhooks.constructEvent(body, header, secret)
  return vector('elevenlabs', {
    source: accepted('@elevenlabs/elevenlabs-js', 'webhooks.constructEvent'),
    secret,
    body,
    headers: { 'elevenlabs-signature': header },
    signature,
    timestamp: seconds,
    expect: ['post_call_transcription', whole(body)],
  })
}

function vonage({ load, accepted }) {
  const { verifySignature } = load('@vonage/jwt')
  const body = '{"status":"answered","text":"ñ 😊"}'
  const claims = { iat: Number(seconds), jti: 'j-2', payload_hash: hash('sha256', body, 'hex') }
  const signed = `${base64url({ typ: 'JWT', alg: 'HS256' })}.${base64url(claims)}`
  const signature = mac(['sha256', secret], signed, 'base64url')
  if (!verifySignature(`${signed}.${signature}`, secret)) throw new Error('vonage')
  return vector('vonage', {
    source: accepted('@vonage/jwt', 'verifySignature'),
    secret,
    body,
    headers: { authorization: `Bearer ${signed}.${signature}` },
    signature,
    expect: ['answered', 'j-2'],
  })
}
