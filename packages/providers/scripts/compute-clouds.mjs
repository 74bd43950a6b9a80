// Clouds, and what has no vendor.
import {
  asIs,
  base64Secret,
  bodyHash,
  j,
  overBody,
  s512,
  secret,
  source,
} from './signing-shapes.mjs'
import { mac, seconds, url, vector } from './vector-file.mjs'

const eventGrid = j([{ id: 'e-1', eventType: 'Microsoft.Storage.BlobCreated' }])
const graph = j({
  value: [
    { id: 'n-1', changeType: 'created', clientState: secret },
    { id: 'n-2', changeType: 'updated', clientState: secret },
  ],
})
const goog = {
  'x-goog-resource-state': 'update',
  'x-goog-channel-id': 'c-1',
  'x-goog-message-number': '4',
}
const okta = j({ eventId: 'e-1', data: { events: [{ eventType: 'user.lifecycle.create' }] } })
const openclaw = j({ ts: 1, jobId: 'job-1', action: 'finished', status: 'ok', summary: 'Done' })
const bearer = `token-${'x'.repeat(60)}`

export const cloudAndIdentity = [
  asIs('azure-event-grid', {
    body: eventGrid,
    url: `${url}?code=${secret}`,
    expect: ['Microsoft.Storage.BlobCreated', 'e-1'],
  }),
  asIs('microsoft-graph', { body: graph, expect: ['created', 'n-1,n-2'] }),
  asIs('cloudevents', {
    header: 'authorization',
    before: 'Bearer ',
    headers: { 'ce-type': 'com.example.a', 'ce-id': '1', 'ce-source': '/s' },
    expect: ['com.example.a', '/s.1'],
  }),
  asIs('cloudevents', {
    url: `${url}?access_token=${secret}`,
    body: j({ type: 'com.example.a', id: '1', source: '/s' }),
    expect: ['com.example.a', '/s.1'],
  }),
  asIs('google-drive', {
    header: 'x-goog-channel-token',
    body: '',
    headers: goog,
    expect: ['update', 'c-1.4'],
  }),
  asIs('google-calendar', {
    header: 'x-goog-channel-token',
    body: '',
    headers: goog,
    expect: ['update', 'c-1.4'],
  }),
  asIs('okta', { header: 'authorization', body: okta, expect: ['user.lifecycle.create', 'e-1'] }),
  asIs('auth0', {
    header: 'authorization',
    body: j([{ log_id: 'l-1', data: { type: 's' } }]),
    expect: ['s', 'l-1'],
  }),
  asIs('cloudflare', {
    header: 'cf-webhook-auth',
    body: j({ alert_type: 'universal_ssl_event_type' }),
    expect: ['universal_ssl_event_type', bodyHash('{"alert_type":"universal_ssl_event_type"}')],
  }),
  asIs('huggingface', {
    header: 'x-webhook-secret',
    body: j({ event: { scope: 'repo', action: 'update' } }),
    expect: ['repo.update', bodyHash('{"event":{"scope":"repo","action":"update"}}')],
  }),
  asIs('locoia', { key: bearer, header: 'authorization', before: 'Bearer ' }),
  asIs('openclaw', {
    header: 'authorization',
    before: 'Bearer ',
    body: openclaw,
    expect: ['finished', bodyHash(openclaw)],
  }),
  asIs('openclaw', {
    header: 'x-openclaw-token',
    body: j({ name: 'Email' }),
    expect: ['Email', bodyHash('{"name":"Email"}')],
  }),
  svixAsStandard(),
  vector('losant', {
    source,
    body: '{}',
    config: { basicAuthUsername: 'u', basicAuthPassword: 'p' },
    headers: { authorization: `Basic ${Buffer.from('u:p').toString('base64')}` },
    signature: Buffer.from('u:p').toString('base64'),
  }),
]

const genericContent = `POST.${url}.${seconds}.`
export const generic = [
  overBody(['generic', 'x-sig'], j({ type: 'a' }), { config: { header: 'X-Sig' }, expect: ['a'] }),
  vector(
    'generic',
    (() => {
      const body = j({ kind: 'a', ref: { id: 9 } })
      const signature = s512(genericContent + body, 'base64', Buffer.from(base64Secret, 'base64'))
      const config = {
        header: 'X-Sig',
        algorithm: 'hmac-sha512',
        encoding: 'base64',
        separator: 'semicolon',
        items: 't={timestamp}\nv9={signature}',
        content: '{method}.{url}.{timestamp}.{body}',
        keyForm: 'base64',
        keyPrefix: 'key_',
        timestampUnit: 's',
        eventTypeFrom: 'json kind',
        deliveryIdFrom: 'json ref.id',
      }
      return {
        source,
        secret: `key_${base64Secret}`,
        body,
        config,
        headers: { 'x-sig': `t=${seconds};v9=${signature}` },
        signature,
        timestamp: seconds,
        expect: ['a', '9'],
      }
    })(),
  ),
]

/** Svix sends under the names of Standard Webhooks, too. */
function svixAsStandard() {
  const body = j({ type: 'user.created' })
  const signature = mac(
    ['sha256', Buffer.from(base64Secret, 'base64')],
    `msg_1.${seconds}.${body}`,
    'base64',
  )
  return vector('svix', {
    source,
    secret: `whsec_${base64Secret}`,
    body,
    headers: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,${signature}`,
    },
    signature,
    timestamp: seconds,
    expect: ['user.created', 'msg_1'],
  })
}
