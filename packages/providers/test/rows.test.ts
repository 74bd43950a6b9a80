import { describe, expect, test } from 'vitest'
import { findProvider, providers } from '../src/index.ts'

const rows = providers.map((provider): [string, typeof provider] => [provider.type, provider])
const place = /^(?:header|json|form|form-json|query|claim|key|fixed|hash) \S+$/

// The types of IngestSourceIn in the SDK's OpenAPI document.
const sdkTypes =
  'generic-webhook cron adobe-sign beehiiv brex checkbook clerk docusign easypost github guesty hubspot incident-io lithic meta nango nash openclaw orum-io panda-doc port-io pleo psi-fi replicate resend rutter safebase sardine segment shopify slack stripe stych svix zoom tailscale telnyx vapi open-ai render veriff airwallex vgs'

test('knows every source of the SDK, those of Losant, and at least 60 altogether', () => {
  const wanted = `${sdkTypes} alexa facebook fitbit twilio aws-sns cloudevents microsoft-graph standard locoia losant generic merge`
  expect(wanted.split(' ').filter((type) => findProvider(type) === null)).toEqual([])
  expect(providers.length).toBeGreaterThanOrEqual(60)
})

test('has one row per type', () => {
  expect(new Set(providers.map(({ type }) => type)).size).toBe(providers.length)
  expect(findProvider('nobody')).toBeNull()
  expect(findProvider('__proto__')).toBeNull()
})

describe.each(rows)('%s', (type, provider) => {
  test('names places that can be read', () => {
    const places = [...(provider.eventType ?? []), ...(provider.deliveryId ?? [])]
    for (const part of places.flatMap((one) => one.split(' + '))) expect(part).toMatch(place)
  })

  test('says what to paste where', () => {
    expect(provider.setUp.length).toBeLessThan(200)
    if (type !== 'cron') expect(provider.setUp).toContain('{url}')
    expect(provider.type).toMatch(/^[a-z][a-z0-9-]*$/)
  })

  test('says so when the body is not proven', () => {
    const kinds = ['static', 'basic', 'unsigned', 'unknown']
    if (kinds.includes(provider.scheme.kind)) expect(provider.caveat).toBeDefined()
  })
})

test('takes the secret that the SDK lets be absent as optional, and no other', () => {
  const optional = providers.filter(({ key }) => key.optional).map(({ type }) => type)
  expect(optional.toSorted()).toEqual(['docusign', 'easypost', 'github', 'hubspot', 'segment'])
})

test('finds the SDK’s config field of the key', () => {
  const fields = ['adobe-sign', 'orum-io', 'telnyx', 'stripe'].map(
    (type) => findProvider(type)?.key.field,
  )
  expect(fields).toEqual(['clientId', 'publicKey', 'publicKey', 'secret'])
})
