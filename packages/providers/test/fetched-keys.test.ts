import { describe, expect, test } from 'vitest'
import type { KeyRequest } from '../src/index.ts'
import { type OriginVector, outcomeOf, vectors } from './vector.ts'

function vectorOf(type: string): OriginVector {
  const found = vectors.find((vector) => vector.type === type && vector.fetched !== undefined)
  if (found === undefined) throw new Error(`no vector of ${type}`)
  return found
}

/** The outcome, and every URL that was asked for. */
async function outcomeAndUrls(vector: OriginVector) {
  const asked: KeyRequest[] = []
  const [fetched = ''] = Object.values(vector.fetched ?? {})
  const outcome = await outcomeOf(vector, {
    fetchKey: async (request) => {
      asked.push(request)
      return fetched
    },
  })
  return { outcome, urls: asked.map(({ url }) => url), asked }
}

describe('a key is fetched from the provider’s own hosts only', () => {
  const sns = vectorOf('aws-sns')
  const snsUrl = Object.keys(sns.fetched ?? {})[0] ?? ''

  test.each([
    'http://sns.eu-west-1.amazonaws.com/a.pem',
    'https://sns.eu-west-1.amazonaws.com:8443/a.pem',
    'https://sns.eu-west-1.amazonaws.com.evil.example/a.pem',
    'https://evil.example/sns.eu-west-1.amazonaws.com/a.pem',
    'https://user@sns.eu-west-1.amazonaws.com/a.pem',
    'https://sns.eu-west-1.amazonaws.com@evil.example/a.pem',
    'https://sns.eu-west-1.amazonaws.com/a.txt',
    'https://s3.amazonaws.com/bucket/a.pem',
    'https://127.0.0.1/a.pem',
    'file:///etc/passwd.pem',
    'a.pem',
    '',
  ])('SNS: not %j', async (url) => {
    const body = sns.body.replace(snsUrl, url)
    expect(await outcomeAndUrls({ ...sns, body })).toMatchObject({
      outcome: 'untrusted_key',
      urls: [],
    })
  })

  const alexa = vectorOf('alexa')

  test.each([
    ['https://S3.amazonaws.com:443/echo.api/cert.pem', 'verified'],
    ['https://s3.amazonaws.com/echo.api/../echo.api/cert.pem', 'verified'],
    ['http://s3.amazonaws.com/echo.api/cert.pem', 'untrusted_key'],
    ['https://notamazon.com/echo.api/cert.pem', 'untrusted_key'],
    ['https://s3.amazonaws.com/EcHo.aPi/cert.pem', 'untrusted_key'],
    ['https://s3.amazonaws.com/invalid.path/cert.pem', 'untrusted_key'],
    ['https://s3.amazonaws.com/echo.api/../evil/cert.pem', 'untrusted_key'],
    ['https://s3.amazonaws.com:563/echo.api/cert.pem', 'untrusted_key'],
  ])('Alexa, as its documentation lists: %s is %s', async (url, outcome) => {
    const headers = { ...alexa.headers, signaturecertchainurl: url }
    expect((await outcomeAndUrls({ ...alexa, headers })).outcome).toBe(outcome)
  })

  test('PayPal: not another path of its hosts', async () => {
    const paypal = vectorOf('paypal')
    const headers = { ...paypal.headers, 'paypal-cert-url': 'https://api.paypal.com/v1/other' }
    expect(await outcomeAndUrls({ ...paypal, headers })).toMatchObject({
      outcome: 'untrusted_key',
      urls: [],
    })
  })

  test('Plaid: its one URL, with the key id and the source’s credentials', async () => {
    const { outcome, asked } = await outcomeAndUrls(vectorOf('plaid'))
    expect(outcome).toBe('verified')
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ client_id: 'client-1', key_id: 'k-1' })
  })
})

describe('a certificate', () => {
  const alexa = vectorOf('alexa')

  test('must end in a trusted root', async () => {
    const { trustedRoots: _trusted, ...untrusting } = alexa
    expect(await outcomeOf(untrusting)).toBe('untrusted_key')
  })

  test('must be for the provider’s name', async () => {
    const paypal = vectorOf('paypal')
    const fetched = Object.keys(alexa.fetched ?? {}).map((url) => [
      url,
      Object.values(paypal.fetched ?? {})[0],
    ])
    expect(await outcomeOf({ ...alexa, fetched: Object.fromEntries(fetched) })).toBe(
      'untrusted_key',
    )
  })

  test('must be valid at the time', async () => {
    const sns = vectorOf('aws-sns')
    const past = sns.body.replaceAll('2026-11-26', '2016-11-26')
    const outcome = await outcomeOf(
      { ...sns, body: past },
      { now: new Date('2016-11-26T12:00:00Z') },
    )
    expect(outcome).toBe('untrusted_key')
  })

  test.each(['', 'no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'must be one: %j is not',
    async (text) => {
      for (const vector of [alexa, vectorOf('aws-sns'), vectorOf('paypal')]) {
        const outcome = await outcomeOf(vector, { fetchKey: async () => text })
        expect(outcome).toBe('untrusted_key')
      }
    },
  )
})

test.each(['aws-sns', 'alexa', 'paypal', 'plaid', 'pubsub'])(
  '%s: a key that can’t be got is our failure, with a reason of its own',
  async (type) => {
    const failing = { fetchKey: () => Promise.reject(new Error('down')) }
    expect(await outcomeOf(vectorOf(type), failing)).toBe('key_unavailable')
  },
)

test('SNS proves a topic, not only AWS: without or with another topic it is refused', async () => {
  const sns = vectorOf('aws-sns')
  expect(await outcomeOf({ ...sns, config: {} })).toBe('bad_configuration')
  expect(await outcomeOf({ ...sns, config: { topicArn: 'arn:other' } })).toBe('wrong_recipient')
})

test('SNS: no name in the message passes for our own verdict', async () => {
  const sns = vectorOf('aws-sns')
  for (const outcome of ['proven', 'verified']) {
    const body = JSON.stringify({ outcome, Type: 'Notification', MessageId: 'm' })
    expect(await outcomeOf({ ...sns, body })).toBe('missing_signature')
  }
})

test('Alexa proves the skill when one is configured', async () => {
  const alexa = vectorOf('alexa')
  expect(await outcomeOf({ ...alexa, config: { applicationId: 'other' } })).toBe('wrong_recipient')
})

test.each([
  ['audience', 'other'],
  ['serviceAccount', 'other'],
])('Pub/Sub proves the configured %s', async (name, value) => {
  const pubsub = vectorOf('pubsub')
  const config = { ...pubsub.config, [name]: value }
  expect(await outcomeOf({ ...pubsub, config })).toBe('wrong_claim')
  expect(await outcomeOf({ ...pubsub, config: { ...config, [name]: '' } })).toBe(
    'bad_configuration',
  )
})

test('Alexa’s chain may go on after a trusted root, as it does for older clients', async () => {
  const alexa = vectorOf('alexa')
  const other = Object.values(vectorOf('paypal').fetched ?? {})[0] ?? ''
  const entries = Object.entries(alexa.fetched ?? {}).map(([url, pem]) => [url, pem + other])
  expect(await outcomeOf({ ...alexa, fetched: Object.fromEntries(entries) })).toBe('verified')
})
