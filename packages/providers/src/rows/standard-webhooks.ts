import type { Provider } from '../provider.ts'
import type { AnyScheme } from '../scheme.ts'
import type { SignedScheme } from '../signed/signed-scheme.ts'
import { secretCalled } from './key-label.ts'

/** Standard Webhooks 1.0: `v1` is HMAC with a `whsec_` key, `v1a` ed25519 with a `whpk_` one. */
function standardForms(prefix: 'webhook' | 'svix'): SignedScheme[] {
  const common = {
    kind: 'signed',
    encoding: 'base64',
    header: `${prefix}-signature`,
    separator: ' ',
    content: `{header:${prefix}-id}.{timestamp}.{body}`,
    timestamp: { header: `${prefix}-timestamp`, unit: 's', toleranceSeconds: 300 },
  } as const
  return [
    {
      ...common,
      items: ['v1,{signature}'],
      key: { form: 'base64', prefix: 'whsec_', not: 'whpk_' },
    },
    {
      ...common,
      algorithm: 'ed25519',
      items: ['v1a,{signature}'],
      key: { form: 'base64', prefix: 'whpk_', only: true },
    },
  ]
}

export const standardScheme: AnyScheme = { kind: 'any', schemes: standardForms('webhook') }

const svixScheme: AnyScheme = {
  kind: 'any',
  schemes: [...standardForms('svix'), ...standardForms('webhook')],
}

/** Those who send through Svix: its scheme, its ids, and a type in the body. */
function svixSender(type: string, name: string, where: string): Provider {
  return {
    type,
    name,
    scheme: svixScheme,
    eventType: ['json type', 'json event_type', 'json eventType', 'json event'],
    deliveryId: ['header svix-id', 'header webhook-id'],
    key: secretCalled('Signing secret (whsec_…)'),
    setUp: `In ${name}: ${where}. Add an endpoint with {url}, then copy its signing secret here.`,
    known: 'documented',
  }
}

export const standardWebhooksProviders: readonly Provider[] = [
  {
    type: 'standard',
    name: 'Standard Webhooks',
    scheme: standardScheme,
    eventType: ['json type'],
    deliveryId: ['header webhook-id'],
    key: secretCalled('Signing secret (whsec_…) or public key (whpk_…)'),
    setUp: 'Give the sender {url}, and paste the whsec_ secret or whpk_ key that it shows.',
    known: 'documented',
  },
  svixSender('svix', 'Svix', 'Endpoints'),
  svixSender('beehiiv', 'beehiiv', 'Settings → Integrations → Webhooks'),
  svixSender('brex', 'Brex', 'the webhooks API'),
  svixSender('clerk', 'Clerk', 'Configure → Webhooks'),
  svixSender('guesty', 'Guesty', 'the webhooks API'),
  svixSender('incident-io', 'incident.io', 'Settings → Webhooks'),
  svixSender('lithic', 'Lithic', 'the event subscriptions API'),
  svixSender('nash', 'Nash', 'Settings → Webhooks'),
  svixSender('open-ai', 'OpenAI', 'Settings → Project → Webhooks'),
  svixSender('pleo', 'Pleo', 'the webhooks API'),
  svixSender('psi-fi', 'PsiFi', 'Settings → Webhooks'),
  svixSender('render', 'Render', 'Integrations → Webhooks'),
  svixSender('replicate', 'Replicate', 'Account → Webhooks'),
  svixSender('resend', 'Resend', 'Webhooks'),
  svixSender('safebase', 'SafeBase', 'Settings → Webhooks'),
  svixSender('sardine', 'Sardine', 'Settings → Webhooks'),
  svixSender('stych', 'Stytch', 'Webhooks'),
  svixSender('recall-ai', 'Recall.ai', 'Webhooks'),
  svixSender('loops', 'Loops', 'Settings → Webhooks'),
]
