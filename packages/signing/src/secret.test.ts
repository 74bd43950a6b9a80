import { expect, test } from 'vitest'
import { generateSecret, parseSecret, parseVerifyingKey, presentSecret } from './secret.ts'

const whsec = (bytes: number) => `whsec_${Buffer.alloc(bytes, 0xfb).toString('base64')}`
// RFC 8032, 7.1, test 1.
const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
const publicHalf = Buffer.from(
  'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  'hex',
)
const whsk = `whsk_${Buffer.concat([seed, publicHalf]).toString('base64')}`

test.each([24, 25, 32, 64, 75])('takes an HMAC secret of %i bytes', (bytes) => {
  expect(parseSecret(whsec(bytes)).version).toBe('v1')
  expect(presentSecret(whsec(bytes))).toBe(whsec(bytes))
})

test('takes an ed25519 pair and shows its public half only', () => {
  expect(parseSecret(whsk).version).toBe('v1a')
  expect(presentSecret(whsk)).toBe(`whpk_${publicHalf.toString('base64')}`)
  expect(parseVerifyingKey(presentSecret(whsk)).version).toBe('v1a')
})

test.each([
  ['nothing', ''],
  ['0 bytes', 'whsec_'],
  ['1 byte', whsec(1)],
  ['23 bytes', whsec(23)],
  ['76 bytes', whsec(76)],
  ['another prefix', whsec(24).replace('whsec_', 'secret_')],
  ['a prefix in capitals', whsec(24).replace('whsec_', 'WHSEC_')],
  ['no prefix', Buffer.alloc(24).toString('base64')],
  ['no base64', 'whsec_!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!'],
  ['base64url', whsec(24).replaceAll('+', '-').replaceAll('/', '_')],
  ['missing padding', whsec(25).replaceAll('=', '')],
  ['a line break', `${whsec(24)}\n`],
  ['the public half alone', `whpk_${publicHalf.toString('base64')}`],
  ['63 bytes of ed25519', `whsk_${Buffer.alloc(63).toString('base64')}`],
  ['the seed without its public half', `whsk_${seed.toString('base64')}`],
  ['halves that do not fit', `whsk_${Buffer.concat([seed, seed]).toString('base64')}`],
])('refuses a secret of %s with a message that does not repeat it', (_what, secret) => {
  expect(() => parseSecret(secret)).toThrow(
    expect.objectContaining({ name: 'InvalidSecretError', code: 'invalid_secret' }),
  )
  try {
    parseSecret(secret)
  } catch (err) {
    const body = secret.slice(secret.indexOf('_') + 1)
    if (body.length > 4 && err instanceof Error) expect(err.message).not.toContain(body)
  }
})

test('generates secrets that it accepts, a different one each time', () => {
  for (const kind of ['hmac256', 'ed25519'] as const) {
    const [one, two] = [generateSecret(kind), generateSecret(kind)]
    expect(one).not.toBe(two)
    expect(parseSecret(one).version).toBe(kind === 'hmac256' ? 'v1' : 'v1a')
  }
  expect(generateSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
})
