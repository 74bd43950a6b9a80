import { describe, expect, test } from 'vitest'
import {
  findProvider,
  isConfigurablePlace,
  providers,
  refusalReasons,
  verify,
} from '../src/index.ts'
import { send, vectorOf } from './refusal-setup.ts'
import { inputOf } from './vector.ts'

describe('a generic source', () => {
  test.each([
    ['verification', { verification: 'nope', header: 'X-Sig' }],
    ['header', {}],
    ['header', { header: 'X Sig' }],
    ['algorithm', { header: 'X-Sig', algorithm: 'md5' }],
    ['encoding', { header: 'X-Sig', encoding: 'utf8' }],
    ['content', { header: 'X-Sig', content: '{timestamp}' }],
    ['content', { header: 'X-Sig', content: '{body}{key}' }],
    ['items', { header: 'X-Sig', items: '{nonsense}' }],
    ['keyForm', { header: 'X-Sig', keyForm: 'rot13' }],
    ['separator', { header: 'X-Sig', separator: '|' }],
    ['timestampUnit', { header: 'X-Sig', content: '{timestamp}{body}', timestampUnit: 'min' }],
  ])('with an unreadable %s refuses everything and says which', async (name, config) => {
    const verification = await send('generic', { config })
    expect(verification).toMatchObject({ outcome: 'refused', reason: 'bad_configuration' })
    expect(JSON.stringify(verification)).toContain(name)
  })

  test.each([
    [{ verification: 'bearer' }, { authorization: 'bearer a-secret' }],
    [{ verification: 'header', header: 'X-Token' }, { 'x-token': 'a-secret' }],
    [
      { verification: 'basic', username: 'u' },
      { authorization: `Basic ${Buffer.from('u:a-secret').toString('base64')}` },
    ],
  ])('takes %j', async (config, headers) => {
    expect(await send('generic', { config, headers })).toMatchObject({ outcome: 'verified' })
    expect(await send('generic', { config })).toMatchObject({ reason: 'missing_signature' })
  })

  test('reads type and id where its owner says, and not by a pattern of theirs', () => {
    expect(isConfigurablePlace('json data.items[].id')).toBe(true)
    expect(isConfigurablePlace('header X-Id + json id')).toBe(true)
    for (const text of [
      'key (a+)+$',
      'json',
      'nowhere x',
      'json a + ',
      `json ${'x'.repeat(999)}`,
    ]) {
      expect(isConfigurablePlace(text)).toBe(false)
    }
  })
})

test('says whether the signature covers the delivery id', async () => {
  const signed = async (type: string) => {
    const provider = findProvider(type)
    return provider && verify(provider, inputOf(vectorOf(type)))
  }
  for (const type of ['stripe', 'standard', 'twitch', 'messagebird', 'aws-sns', 'mailgun']) {
    expect([type, await signed(type)]).toMatchObject([type, { deliveryIdSigned: true }])
  }
  for (const type of ['github', 'shopify', 'gitlab', 'microsoft-graph', 'okta', 'dropbox']) {
    expect([type, await signed(type)]).toMatchObject([type, { deliveryIdSigned: false }])
  }
})

test('names a delivery by the header that is signed, not by one that was put beside it', async () => {
  const { headers, ...standard } = vectorOf('standard')
  const forged = { ...standard, type: 'svix', headers: { ...headers, 'svix-id': 'another' } }
  const provider = findProvider('svix')
  expect(provider && (await verify(provider, inputOf(forged)))).toMatchObject({
    outcome: 'verified',
    deliveryId: headers['webhook-id'],
    deliveryIdSigned: true,
  })
})

describe('whatever comes in', () => {
  const bodies = [
    '',
    '{',
    'null',
    '[]',
    '[[[',
    '"x"',
    '{"__proto__":{"a":1},"event":[1,{}]}',
    '\u0000\ufffd',
    '{"type":{"a":1},"id":[]}',
    `{"id":"${'é'.repeat(500)}"}`,
    '['.repeat(50_000),
  ]
  const junk = [
    '',
    ' ',
    ',',
    '=',
    't=,v1=',
    'v1,',
    'Bearer ',
    'Basic !!!',
    'a.b.c',
    'e30.e30.e30',
    '\u00ff'.repeat(300),
    '{}',
  ]
  const urls = [
    '',
    '?',
    'https://x/?%',
    'http://[',
    '//x?a=%zz&signature=%',
    'https://x:99999/?bodySHA256=x',
  ]
  const names = [
    'x-hub-signature-256',
    'stripe-signature',
    'authorization',
    'webhook-signature',
    'svix-signature',
    'webhook-id',
    'webhook-timestamp',
    'x-twilio-signature',
    'signature-256',
    'signaturecertchainurl',
    'paypal-cert-url',
    'plaid-verification',
    'x-plivo-signature-v3',
    'x-contentful-signed-headers',
    'content-type',
  ]

  test.each(providers.map(({ type }): [string] => [type]))(
    '%s refuses without throwing',
    async (type) => {
      const provider = findProvider(type)
      if (provider === null) return
      for (const [index, body] of bodies.entries()) {
        const value = junk[index % junk.length] ?? ''
        const headers = Object.fromEntries(
          names.map((name, at) => [name, junk[(index + at) % junk.length]]),
        )
        const url = urls[index % urls.length] ?? ''
        for (const secrets of [['a-secret'], [value], ['not base64 \u00e9']]) {
          const config = { appKey: value, publicKey: 'p', topicArn: 'arn', toleranceSeconds: '-1' }
          const input = { rawBody: Buffer.from(body), url, headers, secrets, config }
          const verification = await send(type, input)
          if (provider.scheme.kind === 'unsigned' || type === 'losant') continue
          expect(verification.outcome).toBe('refused')
          if (verification.outcome === 'refused')
            expect(refusalReasons).toContain(verification.reason)
          await send(type, { ...input, noVerification: true })
        }
      }
    },
  )
})
