import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hexOf, send, vectorOf } from './refusal-setup.ts'
import { outcomeOf } from './vector.ts'

describe('the signature header', () => {
  const good = `sha256=${hexOf('{}')}`

  test('is found whatever the case of its name', async () => {
    const sent = { headers: { 'X-HUB-SIGNATURE-256': good } }
    expect(await send('github', sent)).toMatchObject({ outcome: 'verified' })
  })

  test.each([
    ['as an array of two', { 'x-hub-signature-256': [good, good] }, 'repeated_header'],
    [
      'under two cases',
      { 'x-hub-signature-256': good, 'X-Hub-Signature-256': good },
      'repeated_header',
    ],
    [
      'joined as Node joins them',
      { 'x-hub-signature-256': `${good}, ${good}` },
      'malformed_signature',
    ],
  ])('is refused when it comes twice: %s', async (_how, headers, reason) => {
    expect(await send('github', { headers })).toMatchObject({ outcome: 'refused', reason })
  })

  test('may come twice where the provider sends it so', async () => {
    const other = `sha256=${'0'.repeat(64)}`
    for (const value of [[other, good], `${other}, ${good}`]) {
      const headers = { 'x-mollie-signature': value }
      expect(await send('mollie', { headers })).toMatchObject({ outcome: 'verified' })
    }
  })

  test.each([
    '',
    'sha256=',
    good.slice(0, -1),
    `${good}0`,
    `${good}\u00e9`,
    good.replace('sha256', 'sha1'),
    good.slice('sha256='.length),
    `sha256=${Buffer.from(hexOf('{}'), 'hex').toString('base64')}`,
    `sha256= ${hexOf('{}')}`,
    'x'.repeat(100_000),
  ])('is refused when malformed: %s', async (value) => {
    const headers = { 'x-hub-signature-256': value }
    const verification = await send('github', { headers })
    expect(verification).toMatchObject({ outcome: 'refused', reason: 'malformed_signature' })
  })

  test.each(['buildkite', 'revenuecat', 'vapi'])(
    'of %s is asked for where a signature was chosen, the secret itself where that was',
    async (type) => {
      const bySecret = vectorOf(type, ({ config }) => config.proof === 'secret')
      const bySignature = vectorOf(type, ({ config }) => config.proof === undefined)
      expect(await outcomeOf({ ...bySecret, config: {} })).toBe('missing_signature')
      const asSecret = { ...bySignature, config: bySecret.config }
      expect(await outcomeOf(asSecret)).toBe('missing_signature')
      const other = { ...bySignature, config: { proof: 'either' } }
      expect(await outcomeOf(other)).toBe('bad_configuration')
    },
  )

  test('never falls back to a weaker one', async () => {
    const sha1 = createHmac('sha1', 'a-secret').update('{}').digest('hex')
    const headers = { 'x-hub-signature': `sha1=${sha1}` }
    expect(await send('github', { headers })).toMatchObject({ reason: 'missing_signature' })
    const { headers: sent, ...stripe } = vectorOf('stripe')
    const weak = (sent['stripe-signature'] ?? '').replace('v1=', 'v0=')
    expect(await outcomeOf({ ...stripe, headers: { 'stripe-signature': weak } })).toBe(
      'malformed_signature',
    )
  })

  test('is refused with more signatures than anybody sends', async () => {
    const header = Array.from({ length: 11 }, () => `v1=${'0'.repeat(64)}`).join(',')
    const headers = { 'circleci-signature': header }
    expect(await send('circleci', { headers })).toMatchObject({ reason: 'malformed_signature' })
  })

  test('is refused with two timestamps in it', async () => {
    const { headers: sent, ...stripe } = vectorOf('stripe')
    const headers = { 'stripe-signature': `t=1,${sent['stripe-signature']}` }
    expect(await outcomeOf({ ...stripe, headers })).toBe('malformed_signature')
  })
})

test.each(['', '1e3', '-5', '0x10', ' 1764158400', '1764158400.5', '9'.repeat(40), 'NaN', '½'])(
  'refuses the timestamp %j instead of reading a number into it',
  async (time) => {
    const slack = vectorOf('slack')
    const headers = { ...slack.headers, 'x-slack-request-timestamp': time }
    expect(await outcomeOf({ ...slack, headers })).toMatch(/^malformed_timestamp$/)
  },
)

test.each([
  '26-11-2026',
  '2026-11-26',
  'Thu, 26 Nov 2026 12:00:00 GMT',
  '2026-13-40T00:00:00Z',
  '1',
])('refuses %j as ISO 8601', async (time) => {
  const zendesk = vectorOf('zendesk')
  const name = 'x-zendesk-webhook-signature-timestamp'
  const headers = { ...zendesk.headers, [name]: time }
  expect(await outcomeOf({ ...zendesk, headers })).toBe('malformed_timestamp')
})

describe('rows without a proof', () => {
  test('vgs refuses everything unless set to no verification', async () => {
    expect(await send('vgs')).toMatchObject({ outcome: 'refused', reason: 'no_scheme' })
    expect(await send('vgs', { noVerification: true })).toMatchObject({ outcome: 'unverified' })
  })

  test('a generic webhook is taken as unverified, a schedule receives nothing', async () => {
    expect(await send('generic-webhook', { secrets: [] })).toMatchObject({ outcome: 'unverified' })
    expect(await send('cron', { noVerification: true })).toMatchObject({ outcome: 'refused' })
  })

  test('Losant’s basic auth is off when both are blank, and compares both when one is set', async () => {
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
    const config = { basicAuthUsername: 'u', basicAuthPassword: '' }
    const losant = (authorization: string) =>
      send('losant', { config, secrets: [], headers: { authorization } })
    expect(await send('losant', { secrets: [] })).toMatchObject({ outcome: 'unverified' })
    expect(await losant(basic('u:'))).toMatchObject({ outcome: 'verified' })
    expect(await losant(basic('u:p'))).toMatchObject({ reason: 'wrong_credentials' })
    expect(await losant('Bearer u')).toMatchObject({ reason: 'missing_signature' })
  })

  test('Locoia’s token has more than 50 characters', async () => {
    const token = 'x'.repeat(50)
    const locoia = (secret: string) =>
      send('locoia', { secrets: [secret], headers: { authorization: `Bearer ${secret}` } })
    expect(await locoia(token)).toMatchObject({ reason: 'bad_configuration' })
    expect(await locoia(`${token}x`)).toMatchObject({ outcome: 'verified' })
  })
})

test('Graph refuses a batch with one item of somebody else', async () => {
  const graph = vectorOf('microsoft-graph')
  const [secret = ''] = graph.secrets
  const body = graph.body.replace(secret, 'forged')
  expect(body).toContain(secret)
  expect(await outcomeOf({ ...graph, body })).toBe('wrong_credentials')
})

test('Adyen refuses a batch with one unsigned item', async () => {
  const adyen = vectorOf('adyen-payments')
  const body = adyen.body.replace(']}', ',{"NotificationRequestItem":{"pspReference":"x"}}]}')
  expect(await outcomeOf({ ...adyen, body })).toBe('missing_signature')
})

test('Box insists on the version and algorithm that it signs with', async () => {
  const box = vectorOf('box')
  for (const change of [{ 'box-signature-version': '2' }, { 'box-signature-algorithm': 'XXX' }]) {
    expect(await outcomeOf({ ...box, headers: { ...box.headers, ...change } })).toBe(
      'missing_header',
    )
  }
})

test('a form of Gitea has no field beside the one that is signed, in the one spelling that Gitea sends', async () => {
  const form = vectorOf('gitea', ({ body }) => body.startsWith('payload='))
  expect(await outcomeOf(form)).toBe('verified')
  const spelledAnew = [form.body.replace('%7B', '%7b'), form.body.replace('opened', '%6Fpened')]
  const withMore = [`${form.body}&more=1`, `more=1&${form.body}`, `${form.body}&payload=x`]
  for (const body of [...withMore, ...spelledAnew])
    expect(await outcomeOf({ ...form, body })).toBe('missing_header')
})

test('Paystack’s signature without a time is none where its owner named the header of the one with it', async () => {
  const plain = vectorOf('paystack', ({ config }) => config['timedHeader'] === undefined)
  expect(await outcomeOf(plain)).toBe('verified')
  for (const timedHeader of ['X-Sig', 'X-Paystack-Signature'])
    expect(await outcomeOf({ ...plain, config: { timedHeader } })).not.toBe('verified')
})

test('Front’s webhooks of rules and of applications are told apart by their source', async () => {
  const rule = vectorOf('front', ({ config }) => config['sentBy'] === 'rule')
  const application = vectorOf('front', ({ config }) => config['sentBy'] === undefined)
  expect(await outcomeOf({ ...rule, config: {} })).not.toBe('verified')
  expect(await outcomeOf({ ...application, config: rule.config })).not.toBe('verified')
})

test('Pusher’s key has to be the configured one', async () => {
  const pusher = vectorOf('pusher')
  expect(await outcomeOf({ ...pusher, config: { appKey: 'other' } })).toBe('wrong_recipient')
})
