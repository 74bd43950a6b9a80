import type { Provider } from '../provider.ts'
import { genericScheme, genericSettings } from './generic-scheme.ts'
import { publicKeyCalled, secretCalled } from './key-label.ts'
import { losantProvider } from './losant.ts'

const nothing = { label: 'None', field: 'none' } as const

/** What has no vendor, what two other systems receive, and those whose scheme is not known. */
export const ownProviders: readonly Provider[] = [
  {
    type: 'generic',
    name: 'Generic signed webhook',
    scheme: {
      kind: 'configured',
      describe: 'every part by settings: HMAC, hash or public key, or a static secret',
      choose: genericScheme,
    },
    eventType: ['json type', 'json event'],
    settings: genericSettings,
    key: secretCalled('Secret or public key'),
    setUp: 'Give the sender {url}, and describe here how it signs.',
    known: 'documented',
  },
  {
    type: 'generic-webhook',
    name: 'Generic webhook',
    scheme: { kind: 'unsigned' },
    eventType: ['json type', 'json event'],
    key: nothing,
    setUp: 'Give the sender {url}.',
    caveat: 'Nothing is verified: whoever knows the URL can send.',
    known: 'documented',
  },
  {
    type: 'cron',
    name: 'Schedule',
    scheme: { kind: 'silent' },
    settings: [
      { name: 'schedule', label: 'Schedule, five fields: minute, hour, day, month, weekday' },
      { name: 'payload', label: 'Payload' },
      { name: 'contentType', label: 'Content type of the payload' },
      { name: 'timezone', label: 'Time zone, as Europe/Berlin' },
      {
        name: 'missed',
        label: 'Ticks missed while everything was down',
        choices: ['once', 'skip'],
      },
    ],
    key: nothing,
    setUp: 'Publishes a payload by schedule; it has no URL.',
    known: 'documented',
  },
  losantProvider,
  {
    type: 'locoia',
    name: 'Locoia flow webhook',
    scheme: { kind: 'static', at: ['header Authorization'], prefix: 'Bearer ', minLength: 51 },
    key: secretCalled('Bearer token, more than 50 characters'),
    setUp: 'Give the sender {url} and the token, to be sent as Authorization: Bearer.',
    caveat: 'The token proves the sender, not the content.',
    known: 'documented',
  },
  {
    type: 'openclaw',
    name: 'OpenClaw',
    scheme: {
      kind: 'any',
      schemes: [
        { kind: 'static', at: ['header Authorization'], prefix: 'Bearer ' },
        { kind: 'static', at: ['header x-openclaw-token'] },
      ],
    },
    eventType: ['json type', 'json event', 'json name', 'json action'],
    deliveryId: ['hash body'],
    key: secretCalled('Webhook token'),
    setUp:
      'Give a cron job of the gateway the delivery mode webhook to {url}; paste its cron.webhookToken here.',
    caveat: 'The token proves the sender, not the content.',
    known: 'documented',
  },
  {
    type: 'orum-io',
    name: 'Orum',
    // https://docs.orum.io/api-reference/webhooks/secure-webhooks; how old an event may be isn't said there.
    scheme: {
      kind: 'signed',
      algorithm: 'rsa-sha256',
      encoding: 'base64',
      header: 'Signature',
      content: '{body}{timestamp}',
      key: { form: 'pem' },
      timestamp: { json: 'created_at', unit: 'iso', toleranceSeconds: 43_200 },
    },
    eventType: ['json event_type', 'json event_data.event_type'],
    deliveryId: ['json event_id', 'hash body'],
    key: publicKeyCalled('Public key (PEM)'),
    setUp:
      'Developer tools → Webhooks → Create webhook: {url}; paste the public key that webhooks/secret answers.',
    known: 'documented',
  },
  {
    type: 'vgs',
    name: 'Very Good Security',
    scheme: { kind: 'unknown' },
    eventType: ['json type', 'json event_type'],
    deliveryId: ['json id', 'hash body'],
    key: secretCalled('Secret'),
    setUp: 'Register {url} as webhook of the vault.',
    caveat: 'How VGS signs is not published: everything is refused unless set to no verification.',
    known: 'unconfirmed',
  },
]
