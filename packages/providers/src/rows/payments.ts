import { type Config, setting } from '../config.ts'
import type { Provider } from '../provider.ts'
import type { Scheme } from '../scheme.ts'
import { type Refusal, refuse } from '../verification.ts'
import { headerSetting } from './header-setting.ts'
import { secretCalled } from './key-label.ts'

/** Payment services whose signature covers a time or the body as HMAC. */
export const paymentProviders: readonly Provider[] = [
  {
    type: 'stripe',
    name: 'Stripe',
    scheme: {
      kind: 'signed',
      header: 'Stripe-Signature',
      separator: ',',
      items: ['t={timestamp}', 'v1={signature}'],
      content: '{timestamp}.{body}',
      timestamp: { unit: 's', toleranceSeconds: 300 },
    },
    eventType: ['json type'],
    deliveryId: ['json id'],
    key: secretCalled('Signing secret (whsec_…)'),
    setUp:
      'Developers → Webhooks → Add destination: {url}; reveal its signing secret and paste it.',
    known: 'documented',
  },
  {
    type: 'paddle',
    name: 'Paddle Billing',
    scheme: {
      kind: 'signed',
      header: 'Paddle-Signature',
      separator: ';',
      items: ['ts={timestamp}', 'h1={signature}'],
      content: '{timestamp}:{body}',
      timestamp: { unit: 's', toleranceSeconds: 300 },
    },
    eventType: ['json event_type'],
    deliveryId: ['json event_id'],
    key: secretCalled('Endpoint secret key'),
    setUp: 'Developer tools → Notifications → New destination: {url}; copy its secret key.',
    known: 'documented',
  },
  {
    type: 'square',
    name: 'Square',
    scheme: {
      kind: 'signed',
      encoding: 'base64',
      header: 'x-square-hmacsha256-signature',
      content: '{url}{body}',
    },
    eventType: ['json type'],
    deliveryId: ['json event_id'],
    key: secretCalled('Signature key'),
    setUp: 'Developer Console → Webhooks → Subscriptions: exactly {url}; copy the signature key.',
    known: 'documented',
  },
  {
    type: 'adyen-platform',
    name: 'Adyen balance and transfer webhooks',
    scheme: { kind: 'signed', encoding: 'base64', header: 'HmacSignature', key: { form: 'hex' } },
    eventType: ['json type'],
    deliveryId: ['hash body'],
    key: secretCalled('HMAC key (hex)'),
    setUp: 'Developers → Webhooks → Create: {url}; generate an HMAC key and paste it.',
    known: 'documented',
  },
  {
    type: 'adyen-payments',
    name: 'Adyen payment webhooks',
    scheme: {
      kind: 'special',
      provider: 'adyen-payments',
      describe: 'additionalData.hmacSignature of every item, base64 over eight of its fields',
      signs: [
        'json notificationItems[].NotificationRequestItem.pspReference',
        'json notificationItems[].NotificationRequestItem.eventCode',
        'json notificationItems[].NotificationRequestItem.success',
      ],
    },
    eventType: ['json notificationItems[].NotificationRequestItem.eventCode'],
    deliveryId: [
      'json notificationItems[].NotificationRequestItem.pspReference + json notificationItems[].NotificationRequestItem.eventCode + json notificationItems[].NotificationRequestItem.success',
    ],
    reply: { status: 200, contentType: 'text/plain; charset=utf-8', body: '[accepted]' },
    key: secretCalled('HMAC key (hex)'),
    setUp: 'Developers → Webhooks → Standard webhook: {url}; generate an HMAC key and paste it.',
    caveat: 'Only eight fields of each item are signed.',
    known: 'documented',
  },
  {
    type: 'gocardless',
    name: 'GoCardless',
    scheme: { kind: 'signed', header: 'Webhook-Signature' },
    eventType: ['json events[].resource_type + json events[].action'],
    deliveryId: ['json meta.webhook_id', 'json events[].id'],
    key: secretCalled('Webhook secret'),
    setUp: 'Developers → Create → Webhook endpoint: {url}; choose or copy the secret.',
    known: 'documented',
  },
  {
    type: 'razorpay',
    name: 'Razorpay',
    scheme: { kind: 'signed', header: 'X-Razorpay-Signature' },
    eventType: ['json event'],
    deliveryId: ['header X-Razorpay-Event-Id'],
    key: secretCalled('Webhook secret'),
    setUp: 'Account & Settings → Webhooks → Add: {url}, and a secret to paste here too.',
    known: 'documented',
  },
  {
    type: 'mollie',
    name: 'Mollie (next-generation webhooks)',
    scheme: {
      kind: 'signed',
      header: 'X-Mollie-Signature',
      items: ['sha256={signature}'],
      repeats: true,
    },
    eventType: ['json type'],
    deliveryId: ['json id'],
    key: secretCalled('Signing secret'),
    setUp: 'Developers → Webhooks → Create: {url}; copy the secret. Classic webhooks are unsigned.',
    known: 'documented',
  },
  {
    type: 'coinbase-commerce',
    name: 'Coinbase Commerce',
    scheme: { kind: 'signed', header: 'X-CC-Webhook-Signature' },
    eventType: ['json event.type'],
    deliveryId: ['json event.id'],
    key: secretCalled('Webhook shared secret'),
    setUp: 'Settings → Notifications → Add an endpoint: {url}; show the shared secret.',
    known: 'documented',
  },
  {
    type: 'coinbase-cdp',
    name: 'Coinbase Developer Platform',
    scheme: {
      kind: 'signed',
      header: 'X-Hook0-Signature',
      separator: ',',
      items: ['t={timestamp}', 'h={names}', 'v1={signature}'],
      content: '{timestamp}.{names}.{named-headers}.{body}',
      timestamp: { unit: 's', toleranceSeconds: 300 },
    },
    eventType: ['json eventType', 'json event_type'],
    deliveryId: ['hash body'],
    key: secretCalled('Subscription secret'),
    setUp: 'Create the subscription with {url}; metadata.secret of the answer is the secret.',
    known: 'documented',
  },
  {
    type: 'checkout',
    name: 'Checkout.com',
    scheme: { kind: 'signed', header: 'Cko-Signature' },
    eventType: ['json type'],
    deliveryId: ['json id'],
    key: secretCalled('Signature key'),
    setUp: 'Workflows → Webhook action: {url}; copy its signature key.',
    known: 'documented',
  },
  {
    type: 'revolut',
    name: 'Revolut',
    scheme: {
      kind: 'signed',
      header: 'Revolut-Signature',
      separator: ',',
      items: ['v1={signature}'],
      content: 'v1.{timestamp}.{body}',
      timestamp: { header: 'Revolut-Request-Timestamp', unit: 'ms', toleranceSeconds: 300 },
    },
    eventType: ['json event'],
    deliveryId: ['hash body'],
    key: secretCalled('Signing secret (wsk_…)'),
    setUp:
      'Create the webhook through the API with {url}; signing_secret of the answer is the secret.',
    known: 'documented',
  },
  {
    type: 'cashfree',
    name: 'Cashfree',
    scheme: {
      kind: 'signed',
      encoding: 'base64',
      header: 'x-webhook-signature',
      content: '{timestamp}{body}',
      timestamp: { header: 'x-webhook-timestamp', unit: 'ms', toleranceSeconds: 300 },
    },
    eventType: ['json type'],
    deliveryId: ['hash body'],
    key: secretCalled('Client secret'),
    setUp: 'Developers → Webhooks → Add: {url}. The key is the client secret of the API keys.',
    known: 'documented',
  },
  {
    type: 'airwallex',
    name: 'Airwallex',
    scheme: {
      kind: 'signed',
      header: 'x-signature',
      content: '{timestamp}{body}',
      timestamp: { header: 'x-timestamp', unit: 'ms', toleranceSeconds: 300 },
    },
    eventType: ['json name'],
    deliveryId: ['json id'],
    key: secretCalled('Webhook secret key'),
    setUp: 'Developer → Webhooks → Add: {url}; copy the secret key of that webhook.',
    known: 'documented',
  },
  {
    type: 'checkbook',
    name: 'Checkbook',
    scheme: {
      kind: 'signed',
      header: 'Signature',
      separator: ',',
      items: ['nonce={nonce}', 'signature={signature}'],
      content: '{body}{nonce}',
    },
    eventType: ['json type + json status'],
    deliveryId: ['json id + json status', 'hash body'],
    key: secretCalled('Webhooks key'),
    setUp: 'Settings → Developer: {url} as webhook URL; copy the webhooks key of that environment.',
    known: 'documented',
  },
  {
    type: 'paystack',
    name: 'Paystack',
    scheme: {
      kind: 'configured',
      describe:
        'X-Paystack-Signature, hex HMAC-SHA512 over {body}; with timedHeader that header: t={timestamp},v1={key id}:{signature} over {timestamp}.{body}, time in s ±300 s',
      choose: paystackScheme,
    },
    eventType: ['json event'],
    deliveryId: ['json event + json data.id', 'hash body'],
    settings: [
      {
        name: 'timedHeader',
        label: 'Header of the form t=…,v1=…, where Paystack sends it: then only that one counts',
      },
    ],
    key: secretCalled('Secret key (sk_…), or the webhook’s secret'),
    setUp: 'Settings → API keys & Webhooks: {url} as webhook URL. The key is the API secret key.',
    known: 'documented',
  },
  {
    type: 'lemon-squeezy',
    name: 'Lemon Squeezy',
    scheme: { kind: 'signed', header: 'X-Signature' },
    eventType: ['json meta.event_name', 'header X-Event-Name'],
    deliveryId: ['hash body'],
    key: secretCalled('Signing secret'),
    setUp: 'Settings → Webhooks → +: {url}, and a signing secret to paste here too.',
    known: 'documented',
  },
]

// Which header the form with a time comes in isn't published: its owner says it, nothing is guessed.
function paystackScheme(config: Config): Scheme | Refusal {
  const signed = { kind: 'signed', algorithm: 'hmac-sha512' } as const
  if (setting(config, 'timedHeader') === undefined)
    return { ...signed, header: 'X-Paystack-Signature' }
  const header = headerSetting(config, 'timedHeader')
  if (header === undefined)
    return refuse('bad_configuration', 'timedHeader is not the name of a header.')
  return {
    ...signed,
    header,
    separator: ',',
    items: ['t={timestamp}', 'v1={*}:{signature}'],
    content: '{timestamp}.{body}',
    timestamp: { unit: 's', toleranceSeconds: 300 },
  }
}
