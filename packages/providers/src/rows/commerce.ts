import type { Provider } from '../provider.ts'
import { secretCalled } from './key-label.ts'

/** Shops, shipping and what is around them. */
export const commerceProviders: readonly Provider[] = [
  {
    type: 'shopify',
    name: 'Shopify',
    scheme: {
      kind: 'signed',
      encoding: 'base64',
      header: ['X-Shopify-Hmac-Sha256', 'Shopify-Hmac-Sha256'],
    },
    eventType: ['header X-Shopify-Topic', 'header Shopify-Topic'],
    deliveryId: ['header X-Shopify-Webhook-Id', 'header Shopify-Webhook-Id'],
    key: secretCalled('Client secret of the app, or the signing key shown under Webhooks'),
    setUp:
      'Settings → Notifications → Webhooks → Create: {url}, JSON; copy the signing key below the list.',
    known: 'documented',
  },
  {
    type: 'woocommerce',
    name: 'WooCommerce',
    scheme: { kind: 'signed', encoding: 'base64', header: 'X-WC-Webhook-Signature' },
    eventType: ['header X-WC-Webhook-Topic'],
    // Their id is of the webhook and the second alone: of two orders in one second, both count.
    deliveryId: ['header X-WC-Webhook-Delivery-ID + hash body'],
    handshake: 'woocommerce-ping',
    key: secretCalled('Secret'),
    setUp:
      'WooCommerce → Settings → Advanced → Webhooks → Add: {url}, and a secret to paste here too.',
    known: 'documented',
  },
  {
    type: 'easypost',
    name: 'EasyPost',
    scheme: {
      kind: 'signed',
      header: 'X-Hmac-Signature',
      items: ['hmac-sha256-hex={signature}'],
      key: { normalise: 'NFKD' },
    },
    eventType: ['json description'],
    deliveryId: ['json id'],
    key: { label: 'Webhook secret', field: 'secret', optional: true },
    setUp: 'Account → Webhooks → Add: {url}, and a webhook secret to paste here too.',
    known: 'documented',
  },
  {
    type: 'fastspring',
    name: 'FastSpring',
    scheme: { kind: 'signed', encoding: 'base64', header: 'X-FS-Signature' },
    eventType: ['json events[].type'],
    deliveryId: ['json events[].id'],
    key: secretCalled('HMAC SHA256 secret'),
    setUp: 'Developer tools → Webhooks → Configuration: {url}, and an HMAC secret.',
    known: 'documented',
  },
  {
    type: 'commercelayer',
    name: 'Commerce Layer',
    scheme: { kind: 'signed', encoding: 'base64', header: 'X-CommerceLayer-Signature' },
    eventType: ['header X-CommerceLayer-Topic'],
    deliveryId: ['hash body'],
    key: secretCalled('Shared secret'),
    setUp: 'Create the webhook with {url} as callback; copy its shared secret.',
    known: 'documented',
  },
  {
    type: 'onfleet',
    name: 'Onfleet',
    scheme: {
      kind: 'signed',
      algorithm: 'hmac-sha512',
      header: 'X-Onfleet-Signature',
      key: { form: 'hex' },
    },
    eventType: ['json triggerName', 'json triggerId'],
    deliveryId: ['hash body'],
    handshake: 'get-check',
    key: secretCalled('Webhook secret (hex)'),
    setUp:
      'Settings → API & Webhooks → Add webhook: {url}; copy the webhook secret of the organisation.',
    known: 'documented',
  },
  {
    type: 'rutter',
    name: 'Rutter',
    scheme: {
      kind: 'signed',
      encoding: 'base64',
      header: 'X-Rutter-Signature',
      items: ['sha256={signature}'],
    },
    eventType: ['json type + json code'],
    deliveryId: ['json event_id', 'hash body'],
    key: secretCalled('Client secret'),
    setUp: 'Dashboard → Webhooks: {url}. The key is the client secret of the organisation.',
    known: 'documented',
  },
  {
    type: 'ramp',
    name: 'Ramp',
    // Its documents named the longer one once.
    scheme: { kind: 'signed', header: ['X-Ramp-Signature', 'X-Ramp-Webhook-Signature'] },
    eventType: ['json type', 'json event_type'],
    deliveryId: ['json id'],
    handshake: 'post-challenge',
    key: secretCalled('Webhook secret'),
    setUp:
      'Create the webhook through the API with {url} as endpoint; copy its secret. The challenge that it sends is under Quarantine.',
    known: 'documented',
  },
]
