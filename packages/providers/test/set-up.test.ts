import { expect, test } from 'vitest'
import { hasGuide, learnsSecret, providers, setUpOf, vendorDocument } from '../src/index.ts'

// Those of the SDK's `IngestSourceIn`, the four that Losant receives, and what anybody may send by.
const GUIDED =
  'generic-webhook cron adobe-sign beehiiv brex checkbook clerk docusign easypost github guesty hubspot incident-io lithic meta nango nash openclaw orum-io panda-doc port-io pleo psi-fi replicate resend rutter safebase sardine segment shopify slack stripe stych svix zoom tailscale telnyx vapi open-ai render veriff airwallex vgs alexa facebook fitbit twilio aws-sns cloudevents microsoft-graph standard generic losant'
// Those that are set up most often beside them.
const ALSO_GUIDED =
  'sendgrid mailgun adyen-payments adyen-platform paypal square intercom linear gitlab bitbucket okta auth0 typeform calendly discord telegram'

test.each([...GUIDED.split(' '), ...ALSO_GUIDED.split(' ')])(
  '%s is set up step by step',
  (type) => {
    expect(hasGuide(type)).toBe(true)
    expect(providers.map((provider) => provider.type)).toContain(type)
  },
)

test('names documents of providers that there are, by https', () => {
  const named = providers.flatMap(({ type }) => vendorDocument(type) ?? [])
  expect(named.length).toBeGreaterThan(30)
  for (const address of named) expect(address).toMatch(/^https:\/\/[a-z\d.-]+\/\S+$/)
})

test.each(providers.map((provider) => [provider.type, provider] as const))(
  '%s: its steps give the URL away and ask for all that the source needs',
  (_type, provider) => {
    const steps = setUpOf(provider)
    const does = steps.map((step) => step.do)
    const givesUrl = does.includes('paste_url') || steps.some(({ text }) => text.includes('{url}'))
    expect(givesUrl).toBe(provider.scheme.kind !== 'silent')
    const { key, settings = [] } = provider
    const isAsked = key.field !== 'none' && !learnsSecret(provider)
    if (isAsked && provider.scheme.kind !== 'unknown')
      expect(does.some((action) => action === 'copy_secret' || action === 'make_secret')).toBe(true)
    const named = steps.flatMap(({ setting }) => setting ?? [])
    const required = settings.filter((setting) => setting.required).map(({ name }) => name)
    expect(named).toEqual(expect.arrayContaining(required))
    expect(settings.map(({ name }) => name)).toEqual(expect.arrayContaining(named))
    expect(steps.every(({ text }) => text !== '')).toBe(true)
  },
)
