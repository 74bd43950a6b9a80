import type { Provider } from '../provider.ts'
import type { Scheme } from '../scheme.ts'
import { type Refusal, refuse } from '../verification.ts'
import { secretCalled } from './key-label.ts'
import { proofSetting, secretCaveat, signedOrSecret } from './signed-or-secret.ts'
import { vapiScheme, vapiSettings } from './vapi-scheme.ts'

/** Sales, marketing, content, and services that turn speech or identity into data. */
export const marketingAndDataProviders: readonly Provider[] = [
  {
    type: 'hubspot',
    name: 'HubSpot',
    scheme: {
      kind: 'configured',
      describe:
        'X-HubSpot-Signature-v3, base64 HMAC-SHA256 over {method}{url}{body}{timestamp}; signatureVersion v1 or v2: X-HubSpot-Signature, a plain hash',
      choose: ({ signatureVersion = 'v3' }) => hubspotScheme(signatureVersion),
    },
    eventType: ['json [].subscriptionType', 'json [].eventType', 'json subscriptionType'],
    deliveryId: ['json [].eventId + json [].subscriptionId', 'json [].eventId', 'hash body'],
    settings: [
      {
        name: 'signatureVersion',
        label: 'Version of the signature: v2 and v1 are of old workflows',
        choices: ['v3', 'v2', 'v1'],
      },
    ],
    key: { label: 'Client secret', field: 'secret', optional: true },
    setUp:
      'Developer account → your app → Webhooks: {url}, exactly; the client secret is under Auth.',
    known: 'documented',
  },
  {
    type: 'segment',
    name: 'Segment',
    scheme: { kind: 'signed', algorithm: 'hmac-sha1', header: 'X-Signature' },
    eventType: ['json type'],
    deliveryId: ['json messageId'],
    key: { label: 'Shared secret', field: 'secret', optional: true },
    setUp: 'Destinations → Webhooks (Actions): {url}, and a shared secret; turn batching off.',
    caveat: 'Of a batch only the first event is signed; such requests are refused.',
    known: 'documented',
  },
  {
    type: 'webflow',
    name: 'Webflow',
    scheme: {
      kind: 'signed',
      header: 'x-webflow-signature',
      content: '{timestamp}:{body}',
      timestamp: { header: 'x-webflow-timestamp', unit: 'ms', toleranceSeconds: 300 },
    },
    eventType: ['json triggerType'],
    deliveryId: ['json payload.id + json triggerType', 'hash body'],
    key: secretCalled('Client secret, or the secret of the webhook'),
    setUp:
      'Create the webhook through the API with {url}: those of the dashboard are unsigned. An OAuth app signs with its client secret.',
    known: 'documented',
  },
  {
    type: 'sanity',
    name: 'Sanity',
    scheme: {
      kind: 'signed',
      encoding: 'base64url',
      header: 'sanity-webhook-signature',
      separator: ',',
      items: ['t={timestamp}', 'v1={signature}'],
      content: '{timestamp}.{body}',
      timestamp: { unit: 'ms', toleranceSeconds: 300 },
    },
    eventType: ['json _type', 'header sanity-operation'],
    deliveryId: ['header idempotency-key', 'hash body'],
    key: secretCalled('Secret'),
    setUp: 'sanity.io/manage → API → Webhooks → Create: {url}, and a secret to paste here too.',
    known: 'documented',
  },
  {
    type: 'contentful',
    name: 'Contentful',
    scheme: {
      kind: 'special',
      provider: 'contentful',
      describe:
        'X-Contentful-Signature, hex HMAC-SHA256 over method, path, the headers it names, and {body}',
      signs: 'body',
    },
    eventType: ['header X-Contentful-Topic'],
    deliveryId: ['header X-Contentful-Idempotency-Key', 'hash body'],
    key: secretCalled('Signing secret'),
    setUp: 'Settings → Webhooks → Add: {url}; enable request verification under its settings.',
    known: 'documented',
  },
  {
    type: 'close',
    name: 'Close',
    scheme: {
      kind: 'signed',
      header: 'close-sig-hash',
      content: '{timestamp}{body}',
      key: { form: 'hex' },
      timestamp: { header: 'close-sig-timestamp', unit: 's', toleranceSeconds: 300 },
    },
    eventType: ['json event.object_type + json event.action'],
    deliveryId: ['json event.id'],
    key: secretCalled('Signature key (hex)'),
    setUp: 'Create the webhook through the API with {url}; signature_key of the answer is the key.',
    known: 'documented',
  },
  {
    type: 'attio',
    name: 'Attio',
    scheme: { kind: 'signed', header: ['Attio-Signature', 'X-Attio-Signature'] },
    eventType: ['json events[].event_type'],
    deliveryId: ['header Idempotency-Key', 'hash body'],
    key: secretCalled('Webhook secret'),
    setUp: 'Workspace settings → Developers → Webhooks: {url}; copy the secret.',
    known: 'documented',
  },
  {
    type: 'port-io',
    name: 'Port',
    scheme: {
      kind: 'signed',
      encoding: 'base64',
      header: 'x-port-signature',
      separator: ' ',
      items: ['v1,{signature}'],
      content: '{timestamp}.{body}',
      timestamp: { header: 'x-port-timestamp', unit: 's', toleranceSeconds: 300 },
    },
    eventType: ['json action', 'json payload.action.identifier'],
    deliveryId: ['json context.runId', 'hash body'],
    key: secretCalled('Client secret'),
    setUp:
      'Builder → Self-service actions → Webhook: {url}. The key is the client secret of the organisation.',
    known: 'documented',
  },
  {
    type: 'nango',
    name: 'Nango',
    scheme: { kind: 'signed', header: 'X-Nango-Hmac-Sha256' },
    eventType: ['json type + json operation', 'json type'],
    deliveryId: ['hash body'],
    key: secretCalled('Webhook signing key'),
    setUp: 'Environment settings → Webhooks: {url}; copy the signing key.',
    known: 'documented',
  },
  {
    type: 'merge',
    name: 'Merge',
    scheme: { kind: 'signed', encoding: 'base64url', header: 'X-Merge-Webhook-Signature' },
    eventType: ['json hook.event'],
    deliveryId: ['hash body'],
    key: secretCalled('Webhook signature key'),
    setUp: 'Advanced → Webhooks → + Webhook: {url}; the signature key is under Security.',
    known: 'documented',
  },
  {
    type: 'nylas',
    name: 'Nylas',
    scheme: { kind: 'signed', header: 'X-Nylas-Signature' },
    eventType: ['json type'],
    deliveryId: ['json id'],
    handshake: 'nylas-challenge',
    key: secretCalled('Webhook secret'),
    setUp: 'Dashboard → Notifications → Create webhook: {url}; copy the secret shown once.',
    known: 'documented',
  },
  {
    type: 'veriff',
    name: 'Veriff',
    scheme: { kind: 'signed', header: ['x-hmac-signature', 'vrf-hmac-signature'] },
    eventType: ['json action', 'json verification.status', 'json eventType'],
    deliveryId: ['hash body'],
    key: secretCalled('Shared secret key'),
    setUp:
      'Station → your integration → Settings: {url} as webhook; the shared secret key is beside the API key.',
    known: 'documented',
  },
  {
    type: 'onfido',
    name: 'Onfido',
    scheme: { kind: 'signed', header: 'X-SHA2-Signature' },
    eventType: ['json payload.resource_type + json payload.action'],
    deliveryId: ['hash body'],
    key: secretCalled('Webhook token'),
    setUp: 'Dashboard → Developers → Webhooks → Create: {url}; copy the token shown once.',
    known: 'documented',
  },
  {
    type: 'vapi',
    name: 'Vapi',
    scheme: vapiScheme,
    eventType: ['json message.type'],
    deliveryId: ['hash body'],
    settings: vapiSettings,
    key: secretCalled('Secret key of the HMAC credential, or the server secret'),
    setUp:
      'Custom credentials → HMAC: SHA256, header x-vapi-signature, body only; use it on the server URL {url}.',
    caveat: secretCaveat,
    known: 'documented',
  },
  {
    type: 'retell',
    name: 'Retell AI',
    scheme: {
      kind: 'signed',
      header: 'x-retell-signature',
      separator: ',',
      items: ['v={timestamp}', 'd={signature}'],
      content: '{body}{timestamp}',
      timestamp: { unit: 'ms', toleranceSeconds: 300 },
    },
    eventType: ['json event'],
    deliveryId: ['json call.call_id + json event', 'hash body'],
    key: secretCalled('API key with the webhook badge'),
    setUp: 'Dashboard → Settings → Webhooks: {url}. The key is the API key marked for webhooks.',
    known: 'documented',
  },
  {
    type: 'elevenlabs',
    name: 'ElevenLabs',
    scheme: {
      kind: 'signed',
      header: 'ElevenLabs-Signature',
      separator: ',',
      items: ['t={timestamp}', 'v0={signature}'],
      content: '{timestamp}.{body}',
      timestamp: { unit: 's', toleranceSeconds: 1800 },
    },
    eventType: ['json type'],
    deliveryId: ['hash body'],
    key: secretCalled('Webhook secret'),
    setUp: 'Settings → Webhooks → Create: {url}, HMAC; copy the secret shown once.',
    known: 'documented',
  },
  {
    type: 'revenuecat',
    name: 'RevenueCat',
    scheme: signedOrSecret(
      {
        kind: 'signed',
        header: 'X-RevenueCat-Webhook-Signature',
        separator: ',',
        items: ['t={timestamp}', 'v1={signature}'],
        content: '{timestamp}.{body}',
        timestamp: { unit: 's', toleranceSeconds: 300 },
      },
      { kind: 'static', at: ['header Authorization'] },
    ),
    eventType: ['json event.type'],
    deliveryId: ['json event.id'],
    settings: [proofSetting],
    key: secretCalled('Signing secret, or the authorization header value'),
    setUp:
      'Project → Integrations → Webhooks: add {url} and save; then enable HMAC signing there and copy the secret.',
    caveat: secretCaveat,
    known: 'documented',
  },
  {
    type: 'mux',
    name: 'Mux',
    scheme: {
      kind: 'signed',
      header: 'Mux-Signature',
      separator: ',',
      items: ['t={timestamp}', 'v1={signature}'],
      content: '{timestamp}.{body}',
      timestamp: { unit: 's', toleranceSeconds: 300 },
    },
    eventType: ['json type'],
    deliveryId: ['json id'],
    key: secretCalled('Signing secret'),
    setUp: 'Settings → Webhooks → Create: {url}; copy the signing secret.',
    known: 'documented',
  },
]

function hubspotScheme(version: unknown): Scheme | Refusal {
  const plain = { kind: 'signed', algorithm: 'sha256', header: 'X-HubSpot-Signature' } as const
  if (version === 'v1') return { ...plain, content: '{key}{body}' }
  if (version === 'v2') return { ...plain, content: '{key}{method}{url}{body}' }
  if (version !== 'v3') return refuse('bad_configuration', 'signatureVersion is v1, v2 or v3.')
  const signed = (url: '{url}' | '{url-decoded}') =>
    ({
      kind: 'signed',
      encoding: 'base64',
      header: 'X-HubSpot-Signature-v3',
      content: `{method}${url}{body}{timestamp}`,
      timestamp: { header: 'X-HubSpot-Request-Timestamp', unit: 'ms', toleranceSeconds: 300 },
    }) as const
  return { kind: 'any', schemes: [signed('{url}'), signed('{url-decoded}')] }
}
