import { copySecret, note, open, pasteUrl, press, run, type SetUpStep } from './set-up-step.ts'

// Where these keep the endpoints that sign by Standard Webhooks, and what the button is called there.
const pages = {
  svix: ['the application portal → Endpoints', 'Add Endpoint'],
  beehiiv: ['beehiiv → Settings → Integrations → Webhooks', 'Create Endpoint'],
  clerk: ['Clerk Dashboard → Configure → Webhooks', 'Add Endpoint'],
  'incident-io': ['incident.io → Settings → Webhooks', 'Add endpoint'],
  nash: ['Nash Portal → Settings → Webhooks', 'Add Endpoint'],
  'psi-fi': ['PsiFi → Settings → Webhooks', 'Add Endpoint'],
  render: ['Render Dashboard → Integrations → Webhooks', 'Create Webhook'],
  resend: ['Resend → Webhooks', 'Add Webhook'],
  safebase: ['SafeBase → Settings → Webhooks', 'Add Endpoint'],
  sardine: ['Sardine Dashboard → Settings → Webhooks', 'Add Endpoint'],
  stych: ['Stytch Dashboard → Webhooks', 'Create Endpoint'],
  'open-ai': ['OpenAI Platform → Settings → Project → Webhooks', 'Create'],
} as const

// These take subscriptions through their api.
const calls = {
  brex: 'POST https://platform.brexapis.com/v1/webhooks {"url": "{url}", "event_types": ["…"]}',
  guesty: 'POST https://open-api.guesty.com/v1/webhooks {"url": "{url}", "events": ["…"]}',
  lithic:
    'POST https://api.lithic.com/v1/event_subscriptions {"url": "{url}", "event_types": ["…"]}',
  pleo: 'the webhook subscription call of the Pleo API with {url}',
} as const

export const standardGuides: Readonly<Record<string, readonly SetUpStep[]>> = {
  ...Object.fromEntries(Object.entries(pages).map(([type, page]) => [type, byPage(page)])),
  ...Object.fromEntries(Object.entries(calls).map(([type, call]) => [type, byCall(call)])),
  replicate: [
    run('GET https://api.replicate.com/v1/webhooks/default/secret'),
    copySecret('key of the answer'),
    run('POST https://api.replicate.com/v1/predictions {…, "webhook": "{url}"}'),
    note('Each prediction names its webhook: there is no page to enter the URL.'),
  ],
}

function byPage([place, button]: readonly [string, string]): SetUpStep[] {
  return [
    open(place),
    press(button),
    pasteUrl('Endpoint URL'),
    note('Choose the events that you want, and save.'),
    copySecret('Signing Secret (whsec_…)'),
  ]
}

function byCall(call: string): SetUpStep[] {
  return [run(call), copySecret('the signing secret (whsec_…) of that subscription')]
}
