// Vectors computed here that a vendor's own library accepts, where it can only verify.
import { createPrivateKey, sign } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { secret } from './signing-shapes.mjs'
import { mac, millis, now, seconds, url, vector } from './vector-file.mjs'

export async function acceptedVectors(folder) {
  const load = createRequire(join(folder, 'package.json'))
  const accepted = (name, what) => {
    const { version } = load(join(folder, 'node_modules', name, 'package.json'))
    return `accepted by ${name} ${version}, ${what}`
  }
  const from = { load, accepted }
  return [mux(from), linear(from), easypost(from), await discord(from), plivo(from)]
}

function mux({ load, accepted }) {
  const Mux = load('@mux/mux-node').default
  const webhooks = new Mux({ tokenId: 'a', tokenSecret: 'b', webhookSecret: secret }).webhooks
  const body = '{"id":"e-1","type":"video.asset.ready"}'
  const signature = mac(['sha256', secret], `${seconds}.${body}`, 'hex')
  const headers = { 'mux-signature': `t=${seconds},v1=${signature}` }
  webhooks.verifySignature(body, headers, secret)
  return vector('mux', {
    source: accepted('@mux/mux-node', 'webhooks.verifySignature'),
    secret,
    body,
    headers,
    signature,
    timestamp: seconds,
    expect: ['video.asset.ready', 'e-1'],
  })
}

function linear({ load, accepted }) {
  const { LinearWebhookClient } = load('@linear/sdk/webhooks')
  const body = JSON.stringify({
    type: 'Issue',
    action: 'create',
    webhookTimestamp: now.getTime(),
    text: 'ñ 😊',
  })
  const signature = mac(['sha256', secret], body, 'hex')
  if (!new LinearWebhookClient(secret).verify(Buffer.from(body), signature, now.getTime()))
    throw new Error('linear')
  return vector('linear', {
    source: accepted('@linear/sdk', 'LinearWebhookClient.verify'),
    secret,
    body,
    headers: { 'linear-signature': signature, 'linear-delivery': 'd-1' },
    signature,
    timestamp: millis,
    expect: ['Issue.create', 'd-1'],
  })
}

function easypost({ load, accepted }) {
  const EasyPost = load('@easypost/api')
  const key = 'sécret ﬁ'
  const body = '{"id":"evt_1","description":"batch.created"}'
  const signature = mac(['sha256', key.normalize('NFKD')], body, 'hex')
  const headers = { 'x-hmac-signature': `hmac-sha256-hex=${signature}` }
  new EasyPost('k').Utils.validateWebhook(Buffer.from(body), headers, key)
  return vector('easypost', {
    source: accepted('@easypost/api', 'Utils.validateWebhook'),
    secret: key,
    body,
    headers,
    signature,
    expect: ['batch.created', 'evt_1'],
  })
}

async function discord({ load, accepted }) {
  const seed =
    '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'
  const key = createPrivateKey({ key: Buffer.from(seed, 'hex'), format: 'der', type: 'pkcs8' })
  const publicKey = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'
  const body = '{"id":"11","type":2,"data":{"name":"ping"}}'
  const signature = sign(null, Buffer.from(seconds + body), key).toString('hex')
  const { verifyKey } = load('discord-interactions')
  if (!(await verifyKey(body, signature, seconds, publicKey))) throw new Error('discord')
  return vector('discord', {
    source: accepted('discord-interactions', 'verifyKey'),
    secret: publicKey,
    body,
    headers: { 'x-signature-ed25519': signature, 'x-signature-timestamp': seconds },
    signature,
    timestamp: seconds,
    expect: ['ping', '11'],
  })
}

function plivo({ load, accepted }) {
  const { validateV3Signature } = load('plivo')
  const params = { CallUUID: 'c-1', Event: 'Hangup', To: ['2', '1'] }
  const content = `${url}?a=1&b=2.CallUUIDc-1EventHangupTo1To2.nonce-1`
  const signature = mac(['sha256', secret], content, 'base64')
  if (!validateV3Signature('POST', `${url}?b=2&a=1`, 'nonce-1', secret, signature, params))
    throw new Error('plivo')
  return vector('plivo', {
    source: accepted('plivo', 'validateV3Signature'),
    secret,
    url: `${url}?b=2&a=1`,
    body: 'CallUUID=c-1&Event=Hangup&To=2&To=1',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-plivo-signature-v3': `${Buffer.alloc(32).toString('base64')},${signature}`,
      'x-plivo-signature-v3-nonce': 'nonce-1',
    },
    signature,
    covered: 'Hangup',
    expect: ['Hangup', 'nonce-1'],
  })
}
