import { expect, test } from 'vitest'
import {
  checkSettings,
  findProvider,
  type Provider,
  providers,
  secretPlaces,
} from '../src/index.ts'
import { inputOf, outcomeOf, vectors } from './vector.ts'

function rowOf(type: string): Provider {
  const provider = findProvider(type)
  if (provider === null) throw new Error(`no provider ${type}`)
  return provider
}

test('finds nothing wrong with the settings of any vector', () => {
  for (const vector of vectors) {
    const problems = checkSettings(rowOf(vector.type), inputOf(vector))
    // What only a handshake needs isn't in the vectors.
    const others = problems.filter(({ problem }) => !problem.endsWith('is missing.'))
    expect([vector.type, others]).toEqual([vector.type, []])
  }
})

test.each([
  ['adyen-platform', 'not-hex'],
  ['close', 'abc'],
  ['msteams', 'not base64!'],
  ['standard', 'whsec_'],
  ['standard', 'whpk_AAAA'],
  ['telnyx', Buffer.alloc(31).toString('base64')],
  ['discord', 'zz'.repeat(32)],
  ['sendgrid', 'AAAA'],
  ['wise', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
  ['locoia', 'short'],
  ['github', ''],
  ['github', ' spaced '],
])('tells %s that the secret %j won’t do, without repeating it', (type, secret) => {
  const problems = checkSettings(rowOf(type), { config: {}, secrets: [secret] })
  expect(problems).toHaveLength(1)
  if (secret.length > 6) expect(JSON.stringify(problems)).not.toContain(secret.trim())
})

test('asks for the settings that a row needs', () => {
  expect(checkSettings(rowOf('aws-sns'), { config: {}, secrets: [] })).toEqual([
    { field: 'topicArn', problem: 'Topic ARN is missing.' },
  ])
  const config = { header: 'X-Sig', deliveryIdFrom: 'key .*' }
  expect(checkSettings(rowOf('generic'), { config, secrets: ['a'] })).toEqual([
    { field: 'deliveryIdFrom', problem: "deliveryIdFrom can't be read." },
  ])
})

test.each([
  ['front', { sentBy: 'somebody' }],
  ['paystack', { timedHeader: 'two words' }],
  ['hubspot', { signatureVersion: 'v9' }],
  ['vapi', { proof: 'either' }],
  ['vapi', { timestampUnit: 'iso' }],
])('tells %s that %j can’t work', (type, config) => {
  expect(checkSettings(rowOf(type), { config, secrets: ['a'] })).toHaveLength(1)
})

test('is made without what the provider shows only once it has the URL, and refuses till then', async () => {
  const late = providers.filter(({ settings = [] }) => settings.some((setting) => setting.late))
  expect(late.map(({ type }) => type)).toEqual(['paypal', 'fitbit'])
  for (const row of late)
    expect(checkSettings(row, { config: {}, secrets: ['a'] }), row.type).toEqual([])
  const [vector] = vectors.filter(({ type }) => type === 'paypal')
  if (vector === undefined) throw new Error('no vector')
  expect(await outcomeOf({ ...vector, config: {} })).toBe('bad_configuration')
})

test('names every place of a secret, so that none is kept', () => {
  for (const config of [{}, { signing: 'standard' }])
    expect(secretPlaces(rowOf('gitlab'), config)).toContain('header X-Gitlab-Token')
  for (const config of [{}, { proof: 'secret' }])
    expect(secretPlaces(rowOf('vapi'), config)).toContain('header X-Vapi-Secret')
  expect(secretPlaces(rowOf('microsoft-graph'), {})).toContain('json value[].clientState')
  expect(secretPlaces(rowOf('trello'), {})).toContain('header X-Trello-Webhook')
  expect(secretPlaces(rowOf('plaid'), {})).toContain('header Plaid-Verification')
  expect(secretPlaces(rowOf('azure-event-grid'), {})).toContain('query code')
  for (const provider of providers) {
    expect(secretPlaces(provider, {})).toContain('header Authorization')
  }
})
