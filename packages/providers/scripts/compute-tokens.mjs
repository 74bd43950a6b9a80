// Providers that send a JSON Web Token beside the body; made by hand, without a library.
import { createHash, createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { ed25519 } from './compute-asymmetric.mjs'
import { bodyHash, secret, source } from './signing-shapes.mjs'
import { hash, seconds, url, vector } from './vector-file.mjs'

const nowSeconds = Number(seconds)

function token(header, claims, makeSignature) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ typ: 'JWT', ...header })}.${part(claims)}`
  const signature = makeSignature(Buffer.from(text)).toString('base64url')
  return { jwt: `${text}.${signature}`, signature }
}

const hs256 = (text) => createHmac('sha256', secret).update(text).digest()

export function tokenVectors() {
  return [netlify(), vonage(), fusionauth(), plaid(), pubsub(), livekit(), messagebird()]
}

function netlify() {
  const body = JSON.stringify({ state: 'ready' })
  const { jwt, signature } = token(
    { alg: 'HS256' },
    { iss: 'netlify', sha256: hash('sha256', body, 'hex') },
    hs256,
  )
  return vector('netlify', {
    source,
    secret,
    body,
    headers: { 'x-webhook-signature': jwt, 'x-netlify-event': 'deploy_created' },
    signature,
    expect: ['deploy_created', bodyHash(body)],
  })
}

function vonage() {
  const body = JSON.stringify({ status: 'ringing' })
  const { jwt, signature } = token(
    { alg: 'HS256' },
    { iat: nowSeconds, jti: 'j-1', payload_hash: hash('sha256', body, 'hex') },
    hs256,
  )
  return vector('vonage', {
    source,
    secret,
    body,
    headers: { authorization: `Bearer ${jwt}` },
    signature,
    expect: ['ringing', 'j-1'],
  })
}

function livekit() {
  const body = JSON.stringify({ event: 'room_started', id: 'e-1' })
  const claims = {
    iss: 'APIkey1',
    nbf: nowSeconds,
    exp: nowSeconds + 300,
    sha256: createHash('sha256').update(body).digest('base64'),
  }
  const { jwt, signature } = token({ alg: 'HS256' }, claims, hs256)
  return vector('livekit', {
    source,
    secret,
    body,
    config: { apiKey: 'APIkey1' },
    headers: { authorization: jwt },
    signature,
    expect: ['room_started', 'e-1'],
  })
}

// Those that MessageBird publishes have no body.
function messagebird() {
  const body = JSON.stringify({ type: 'message.created', message: { id: 'm-1' } })
  const claims = {
    iss: 'MessageBird',
    nbf: nowSeconds,
    exp: nowSeconds + 60,
    jti: 'j-2',
    url_hash: hash('sha256', url, 'hex'),
    payload_hash: hash('sha256', body, 'hex'),
  }
  const { jwt, signature } = token({ alg: 'HS256' }, claims, hs256)
  return vector('messagebird', {
    source,
    secret,
    body,
    headers: { 'messagebird-signature-jwt': jwt },
    signature,
    expect: ['message.created', 'j-2'],
  })
}

function fusionauth() {
  const body = JSON.stringify({ event: { id: 'e-1', type: 'user.create' } })
  const claims = {
    iat: nowSeconds,
    request_body_sha256: createHash('sha256').update(body).digest('base64'),
  }
  const { jwt, signature } = token({ alg: 'EdDSA' }, claims, (text) => sign(null, text, ed25519))
  const pem = createPublicKey(ed25519).export({ format: 'pem', type: 'spki' })
  return vector('fusionauth', {
    source,
    secret: pem,
    body,
    headers: { 'x-fusionauth-signature-jwt': jwt },
    signature,
    expect: ['user.create', 'e-1'],
  })
}

function plaid() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const body = JSON.stringify({ webhook_type: 'ITEM', webhook_code: 'ERROR' })
  const claims = { iat: nowSeconds, request_body_sha256: hash('sha256', body, 'hex') }
  const { jwt, signature } = token({ alg: 'ES256', kid: 'k-1' }, claims, (text) =>
    sign('sha256', text, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  )
  const keyUrl = 'https://production.plaid.com/webhook_verification_key/get'
  const key = {
    ...publicKey.export({ format: 'jwk' }),
    kid: 'k-1',
    alg: 'ES256',
    use: 'sig',
    expired_at: null,
  }
  return vector('plaid', {
    source,
    secret,
    body,
    config: { clientId: 'client-1' },
    headers: { 'plaid-verification': jwt },
    signature,
    fetched: { [keyUrl]: JSON.stringify({ key }) },
    expect: ['ITEM.ERROR', bodyHash(body)],
  })
}

function pubsub() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const body = JSON.stringify({
    message: { messageId: '7', attributes: { eventType: 'OBJECT_FINALIZE' } },
  })
  const claims = {
    iss: 'https://accounts.google.com',
    aud: url,
    email: 'push@p.iam.gserviceaccount.com',
    email_verified: true,
    iat: nowSeconds,
    exp: nowSeconds + 3600,
  }
  const { jwt, signature } = token({ alg: 'RS256', kid: 'k-2' }, claims, (text) =>
    sign('sha256', text, privateKey),
  )
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'k-2', alg: 'RS256', use: 'sig' }]
  return vector('pubsub', {
    source,
    body,
    covered: '',
    config: { audience: url, serviceAccount: claims.email },
    headers: { authorization: `Bearer ${jwt}` },
    signature,
    fetched: { 'https://www.googleapis.com/oauth2/v3/certs': JSON.stringify({ keys }) },
    expect: ['OBJECT_FINALIZE', '7'],
  })
}
