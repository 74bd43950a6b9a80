import { execFileSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { source } from './signing-shapes.mjs'
import { iso, seconds, vector } from './vector-file.mjs'

// RFC 8032, 7.1, test 1.
export const ed25519 = createPrivateKey({
  key: Buffer.from(
    '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'hex',
  ),
  format: 'der',
  type: 'pkcs8',
})
const ed25519Public = Buffer.from(
  'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  'hex',
)

export function asymmetricVectors() {
  return [...ed25519Vectors(), wise(), orum(), ...certificateVectors()]
}

function ed25519Vectors() {
  const discordBody = JSON.stringify({ id: '11', type: 2, data: { name: 'ping' } })
  const discord = sign(null, Buffer.from(seconds + discordBody), ed25519).toString('hex')
  const telnyxBody = JSON.stringify({ data: { id: 'e-1', event_type: 'message.received' } })
  const telnyx = sign(null, Buffer.from(`${seconds}|${telnyxBody}`), ed25519).toString('base64')
  const body = '{"type":"invoice.paid"}'
  const v1a = sign(null, Buffer.from(`msg_1.${seconds}.${body}`), ed25519).toString('base64')
  const standardHeaders = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')} v1a,${v1a}`,
  }
  return [
    vector('discord', {
      source,
      secret: ed25519Public.toString('hex'),
      body: discordBody,
      headers: { 'x-signature-ed25519': discord, 'x-signature-timestamp': seconds },
      signature: discord,
      timestamp: seconds,
      expect: ['ping', '11'],
    }),
    vector('telnyx', {
      source,
      secret: ed25519Public.toString('base64'),
      body: telnyxBody,
      headers: { 'telnyx-signature-ed25519': telnyx, 'telnyx-timestamp': seconds },
      signature: telnyx,
      timestamp: seconds,
      expect: ['message.received', 'e-1'],
    }),
    vector('standard', {
      source,
      secret: `whpk_${ed25519Public.toString('base64')}`,
      body,
      headers: standardHeaders,
      signature: v1a,
      timestamp: seconds,
      expect: ['invoice.paid', 'msg_1'],
    }),
  ]
}

function wise() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const body = JSON.stringify({ event_type: 'transfers#state-change' })
  const signature = sign('sha256', Buffer.from(body), privateKey).toString('base64')
  const pem = publicKey.export({ format: 'pem', type: 'spki' })
  return vector('wise', {
    source,
    secret: pem,
    body,
    headers: { 'x-signature-sha256': signature, 'x-delivery-id': 'd-1' },
    signature,
    expect: ['transfers#state-change', 'd-1'],
  })
}

export function orum() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const body = JSON.stringify({ event_id: 'e-1', event_type: 'transfer_updated', created_at: iso })
  const signature = sign('sha256', Buffer.from(body + iso), privateKey).toString('base64')
  return vector('orum-io', {
    source,
    secret: publicKey.export({ format: 'pem', type: 'spki' }),
    body,
    headers: { signature },
    signature,
    timestamp: iso,
    expect: ['transfer_updated', 'e-1'],
  })
}

/** A root and a leaf for one host, made by openssl and thrown away but for their certificates. */
function certificates(host) {
  const folder = mkdtempSync(join(tmpdir(), 'vectors-'))
  const at = (name) => join(folder, name)
  const openssl = (line) => execFileSync('openssl', line.split(' '), { stdio: 'pipe', cwd: folder })
  try {
    openssl(
      'req -x509 -newkey rsa:2048 -nodes -subj /CN=root -days 36500 -keyout root.key -out root.pem',
    )
    openssl(`req -newkey rsa:2048 -nodes -subj /CN=${host} -keyout leaf.key -out leaf.csr`)
    writeFileSync(at('leaf.ext'), `subjectAltName=DNS:${host}\nbasicConstraints=CA:FALSE\n`)
    const signing = '-CA root.pem -CAkey root.key -CAcreateserial -days 36500 -extfile leaf.ext'
    openssl(`x509 -req -in leaf.csr ${signing} -out leaf.pem`)
    const text = (name) => readFileSync(at(name), 'utf8')
    return {
      root: text('root.pem'),
      leaf: text('leaf.pem'),
      key: createPrivateKey(text('leaf.key')),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function certificateVectors() {
  const sns = certificates('sns.amazonaws.com')
  return [
    snsVector(sns, '1'),
    snsVector(sns, '2'),
    alexaVector(certificates('echo-api.amazon.com')),
    paypalVector(certificates('messageverificationcerts.paypal.com')),
  ]
}

function snsVector({ leaf, key }, version) {
  const topic = 'arn:aws:sns:eu-west-1:123456789012:topic'
  const certUrl = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem'
  const text = `Message\nHello\nMessageId\nm-1\nSubject\nGreeting\nTimestamp\n2026-11-26T12:00:00.000Z\nTopicArn\n${topic}\nType\nNotification\n`
  const signature = sign(version === '1' ? 'sha1' : 'sha256', Buffer.from(text), key).toString(
    'base64',
  )
  const body = JSON.stringify({
    Type: 'Notification',
    MessageId: 'm-1',
    TopicArn: topic,
    Subject: 'Greeting',
    Message: 'Hello',
    Timestamp: '2026-11-26T12:00:00.000Z',
    SignatureVersion: version,
    Signature: signature,
    SigningCertURL: certUrl,
  })
  return vector('aws-sns', {
    source,
    body,
    covered: 'Hello',
    config: { topicArn: topic },
    headers: { 'content-type': 'text/plain' },
    signature,
    timestamp: '2026-11-26T12:00:00.000Z',
    fetched: { [certUrl]: leaf },
    expect: ['Notification', 'm-1'],
  })
}

function alexaVector({ root, leaf, key }) {
  const chainUrl = 'https://s3.amazonaws.com/echo.api/echo-api-cert-1.pem'
  const body = JSON.stringify({
    context: { System: { application: { applicationId: 'amzn1.ask.skill.1' } } },
    request: { type: 'LaunchRequest', requestId: 'r-1', timestamp: iso },
  })
  const signature = sign('sha256', Buffer.from(body), key).toString('base64')
  return vector('alexa', {
    source,
    body,
    config: { applicationId: 'amzn1.ask.skill.1' },
    headers: { 'signature-256': signature, signaturecertchainurl: chainUrl },
    signature,
    timestamp: iso,
    fetched: { [chainUrl]: leaf + root },
    trustedRoots: [root],
    expect: ['LaunchRequest', 'r-1'],
  })
}

function paypalVector({ leaf, key }) {
  const certUrl = 'https://api.paypal.com/v1/notifications/certs/CERT-1'
  const body = JSON.stringify({ id: 'WH-1', event_type: 'PAYMENT.SALE.COMPLETED' })
  const signature = sign(
    'sha256',
    Buffer.from(`t-1|${iso}|webhook-1|${crc32(body)}`),
    key,
  ).toString('base64')
  const headers = {
    'paypal-transmission-id': 't-1',
    'paypal-transmission-time': iso,
    'paypal-transmission-sig': signature,
    'paypal-cert-url': certUrl,
    'paypal-auth-algo': 'SHA256withRSA',
  }
  return vector('paypal', {
    source,
    body,
    config: { webhookId: 'webhook-1' },
    headers,
    signature,
    timestamp: iso,
    fetched: { [certUrl]: leaf },
    expect: ['PAYMENT.SALE.COMPLETED', 'WH-1'],
  })
}
