import { type Config, setting } from '../config.ts'
import type { Provider } from '../provider.ts'
import type { Scheme } from '../scheme.ts'
import { type Refusal, refuse } from '../verification.ts'
import { publicKeyCalled, secretCalled } from './key-label.ts'

/** Mail services, and those where customers are helped. */
export const emailAndSupportProviders: readonly Provider[] = [
  {
    type: 'sendgrid',
    name: 'SendGrid',
    scheme: {
      kind: 'signed',
      algorithm: 'ecdsa-sha256',
      encoding: 'base64',
      header: 'X-Twilio-Email-Event-Webhook-Signature',
      content: '{timestamp}{body}',
      key: { form: 'pem' },
      timestamp: {
        header: 'X-Twilio-Email-Event-Webhook-Timestamp',
        unit: 's',
        toleranceSeconds: 300,
      },
    },
    eventType: ['json [].event'],
    deliveryId: ['json [].sg_event_id'],
    key: publicKeyCalled('Verification key'),
    setUp:
      'Settings → Mail Settings → Event Webhooks: {url}, signature verification on; copy its key.',
    known: 'documented',
  },
  {
    type: 'mailgun',
    name: 'Mailgun',
    scheme: {
      kind: 'special',
      provider: 'mailgun',
      describe: 'signature.signature or parent-signature in the body, hex over timestamp and token',
      signs: ['json signature.token', 'form token'],
    },
    eventType: ['json event-data.event', 'form event'],
    deliveryId: ['json signature.token', 'form token'],
    key: secretCalled('HTTP webhook signing key'),
    setUp: 'Sending → Webhooks → Add: {url}; the signing key is under API security.',
    caveat:
      'Only a time and a token are signed, not the event: whoever has seen one can put another event beside it.',
    known: 'documented',
  },
  {
    type: 'mandrill',
    name: 'Mailchimp Transactional (Mandrill)',
    scheme: {
      kind: 'special',
      provider: 'mandrill',
      describe: 'X-Mandrill-Signature, base64 HMAC-SHA1 over {url} and the sorted form',
      signs: 'url and body',
    },
    eventType: ['form-json mandrill_events:[].event'],
    deliveryId: ['form-json mandrill_events:[]._id', 'hash body'],
    jsonField: 'mandrill_events',
    handshake: 'empty-probe',
    key: secretCalled('Webhook key'),
    setUp: 'Settings → Webhooks → Add: {url}, exactly; copy the key beside it.',
    known: 'documented',
  },
  {
    type: 'postmark',
    name: 'Postmark',
    scheme: { kind: 'basic', usernameSetting: 'username' },
    eventType: ['json RecordType'],
    deliveryId: ['hash body'],
    settings: [{ name: 'username', label: 'Basic auth username', required: true }],
    key: secretCalled('Basic auth password'),
    setUp: 'Server → Message stream → Webhooks → Add: {url}, with basic auth credentials.',
    caveat: 'The password proves the sender, not the content.',
    known: 'documented',
  },
  {
    type: 'mailersend',
    name: 'MailerSend',
    scheme: { kind: 'signed', header: ['Signature', 'X-MailerSend-Signature'] },
    eventType: ['json type'],
    deliveryId: ['json data.id', 'hash body'],
    key: secretCalled('Signing secret'),
    setUp: 'Domains → Webhooks → Create: {url}; copy the signing secret.',
    known: 'documented',
  },
  {
    type: 'customerio',
    name: 'Customer.io',
    scheme: {
      kind: 'signed',
      header: 'X-CIO-Signature',
      content: 'v0:{timestamp}:{body}',
      timestamp: { header: 'X-CIO-Timestamp', unit: 's', toleranceSeconds: 300 },
    },
    eventType: ['json object_type + json metric', 'json metric'],
    deliveryId: ['json event_id'],
    key: secretCalled('Signing key'),
    setUp: 'Data & Integrations → Reporting webhooks → Add: {url}; copy the signing key.',
    known: 'documented',
  },
  {
    type: 'zendesk',
    name: 'Zendesk',
    scheme: {
      kind: 'signed',
      encoding: 'base64',
      header: 'X-Zendesk-Webhook-Signature',
      content: '{timestamp}{body}',
      timestamp: {
        header: 'X-Zendesk-Webhook-Signature-Timestamp',
        unit: 'iso',
        toleranceSeconds: 300,
      },
    },
    eventType: ['json type'],
    deliveryId: ['json id', 'header X-Zendesk-Webhook-Invocation-Id'],
    key: secretCalled('Signing secret'),
    setUp:
      'Admin Center → Apps and integrations → Webhooks → Create: {url}; reveal its signing secret.',
    known: 'documented',
  },
  {
    type: 'intercom',
    name: 'Intercom',
    scheme: {
      kind: 'signed',
      algorithm: 'hmac-sha1',
      header: 'X-Hub-Signature',
      items: ['sha1={signature}'],
    },
    eventType: ['json topic'],
    deliveryId: ['json id', 'hash body'],
    handshake: 'empty-probe',
    key: secretCalled('Client secret'),
    setUp:
      'Developer Hub → your app → Webhooks: {url}; the client secret is under Basic information.',
    known: 'documented',
  },
  {
    type: 'front',
    name: 'Front',
    scheme: {
      kind: 'configured',
      describe:
        'X-Front-Signature, base64 HMAC-SHA256 over {timestamp}:{body}, time in ms ±300 s; of a rule: HMAC-SHA1 over {body}',
      choose: frontScheme,
    },
    eventType: ['json type'],
    deliveryId: ['json payload.id', 'json id', 'hash body'],
    handshake: 'front-challenge',
    settings: [
      {
        name: 'sentBy',
        label: 'What sends there: an application’s webhook, or a rule',
        choices: ['application', 'rule'],
      },
    ],
    key: secretCalled('App signing key; of a rule the API secret'),
    setUp:
      'Settings → Developers → your app → Features → Webhooks: {url}. Front asks the URL when it is saved there, so paste the app’s signing key here first.',
    caveat: 'A rule’s signature has no time, so only de-duplication guards against a replay.',
    known: 'documented',
  },
  {
    type: 'chatwoot',
    name: 'Chatwoot',
    scheme: {
      kind: 'signed',
      header: 'X-Chatwoot-Signature',
      items: ['sha256={signature}'],
      content: '{timestamp}.{body}',
      timestamp: { header: 'X-Chatwoot-Timestamp', unit: 's', toleranceSeconds: 300 },
    },
    eventType: ['json event'],
    deliveryId: ['header X-Chatwoot-Delivery', 'hash body'],
    key: secretCalled('Webhook secret'),
    setUp: 'Settings → Integrations → Webhooks → Add: {url}; copy its secret.',
    known: 'documented',
  },
  {
    type: 'helpscout',
    name: 'Help Scout',
    scheme: {
      kind: 'signed',
      algorithm: 'hmac-sha1',
      encoding: 'base64',
      header: 'X-HelpScout-Signature',
    },
    eventType: ['header X-HelpScout-Event'],
    deliveryId: ['hash body'],
    key: secretCalled('Secret key'),
    setUp: 'Manage → Apps → Webhooks: {url}, and a secret key to paste here too.',
    known: 'documented',
  },
]

function frontScheme(config: Config): Scheme | Refusal {
  const signed = { kind: 'signed', encoding: 'base64', header: 'X-Front-Signature' } as const
  switch (setting(config, 'sentBy')) {
    case undefined:
    case 'application':
      return {
        ...signed,
        content: '{timestamp}:{body}',
        timestamp: { header: 'X-Front-Request-Timestamp', unit: 'ms', toleranceSeconds: 300 },
      }
    case 'rule':
      return { ...signed, algorithm: 'hmac-sha1' }
    default:
      return refuse('bad_configuration', 'sentBy is application or rule.')
  }
}
