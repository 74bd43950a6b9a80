import { type Config, setting } from '../config.ts'
import type { Encoding } from '../encoded-bytes.ts'
import type { Setting } from '../provider.ts'
import type { Scheme } from '../scheme.ts'
import type {
  Algorithm,
  KeyForm,
  SignedScheme,
  TimestampRule,
  TimestampUnit,
} from '../signed/signed-scheme.ts'
import { type Refusal, refuse } from '../verification.ts'
import { headerSetting } from './header-setting.ts'
import { standardScheme } from './standard-webhooks.ts'

const verifications = ['signature', 'header', 'bearer', 'basic', 'query', 'standard'] as const
const algorithms: readonly Algorithm[] = [
  'hmac-sha256',
  'hmac-sha1',
  'hmac-sha512',
  'ed25519',
  'ecdsa-sha256',
  'rsa-sha256',
]
const encodings: readonly Encoding[] = ['hex', 'base64', 'base64url']
const keyForms: ReadonlyArray<NonNullable<KeyForm['form']>> = ['utf8', ...encodings, 'pem']
const units: readonly TimestampUnit[] = ['s', 'ms', 'iso']
const separators = ['none', 'comma', 'semicolon', 'space'] as const
const separatorSigns = { comma: ',', semicolon: ';', space: ' ' } as const
const placeholders =
  /\{(?:body|timestamp|nonce|url|method|header:[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100})\}/g
const itemForm = /^[^{}]{0,50}\{(?:signature|timestamp|nonce)\}[^{}]{0,50}$/

export const genericSettings: readonly Setting[] = [
  { name: 'verification', label: 'What proves the sender', choices: verifications },
  { name: 'header', label: 'Header with the signature or secret' },
  { name: 'query', label: 'Query parameter with the secret' },
  { name: 'username', label: 'Basic auth username' },
  { name: 'algorithm', label: 'Algorithm', choices: algorithms },
  { name: 'encoding', label: 'Encoding', choices: encodings },
  {
    name: 'items',
    label: 'Forms in the header, one per line, as v1={signature} and t={timestamp}',
  },
  { name: 'separator', label: 'Between several', choices: separators },
  { name: 'content', label: 'What is signed, as {timestamp}.{body}' },
  { name: 'keyForm', label: 'The secret is given as', choices: keyForms },
  { name: 'keyPrefix', label: 'Stripped from the secret' },
  { name: 'timestampHeader', label: 'Header with the timestamp' },
  { name: 'timestampUnit', label: 'Its unit', choices: units },
  { name: 'toleranceSeconds', label: 'Tolerance in seconds, past and future' },
  { name: 'eventTypeFrom', label: 'Event type, as json data.type or header X-Event' },
  { name: 'deliveryIdFrom', label: 'Delivery id, as json id or header X-Id' },
]

/** The scheme that a source's owner described; what can't be read is refused, never guessed. */
export function genericScheme(config: Config): Scheme | Refusal {
  const verification = oneOf(config, 'verification', verifications)
  switch (verification) {
    case undefined:
      return unreadable('verification')
    case 'header':
      return headerScheme(config)
    case 'bearer':
      return { kind: 'static', at: ['header Authorization'], prefix: 'Bearer ' }
    case 'basic':
      return { kind: 'basic', usernameSetting: 'username' }
    case 'query':
      return { kind: 'static', at: [`query ${setting(config, 'query') ?? 'token'}`] }
    case 'standard':
      return standardScheme
    case 'signature':
      return signedScheme(config)
  }
}

function headerScheme(config: Config): Scheme | Refusal {
  const header = headerSetting(config, 'header')
  if (header === undefined) return unreadable('header')
  return { kind: 'static', at: [`header ${header}`] }
}

function signedScheme(config: Config): SignedScheme | Refusal {
  const header = headerSetting(config, 'header')
  const algorithm = oneOf(config, 'algorithm', algorithms)
  const encoding = oneOf(config, 'encoding', encodings)
  const content = contentTemplate(config)
  const items = itemForms(config)
  if (header === undefined) return unreadable('header')
  if (algorithm === undefined) return unreadable('algorithm')
  if (encoding === undefined) return unreadable('encoding')
  if (content === undefined) return unreadable('content')
  if (items === undefined) return unreadable('items')
  const scheme: SignedScheme = { kind: 'signed', algorithm, encoding, header, items, content }
  return withOptions(scheme, config)
}

function withOptions(scheme: SignedScheme, config: Config): SignedScheme | Refusal {
  const form = oneOf(config, 'keyForm', keyForms)
  const separator = oneOf(config, 'separator', separators)
  if (form === undefined) return unreadable('keyForm')
  if (separator === undefined) return unreadable('separator')
  const timestamp = timestampRule(config, scheme.content ?? '')
  if (timestamp !== undefined && 'outcome' in timestamp) return timestamp
  const prefix = setting(config, 'keyPrefix')
  return {
    ...scheme,
    key: { form, ...(prefix !== undefined && { prefix }) },
    ...(separator !== 'none' && { separator: separatorSigns[separator] }),
    ...(timestamp !== undefined && { timestamp }),
  }
}

function contentTemplate(config: Config): string | undefined {
  const content = setting(config, 'content') ?? '{body}'
  const literals = content.replace(placeholders, '')
  return content.includes('{body}') && !/[{}]/.test(literals) ? content : undefined
}

function itemForms(config: Config): string[] | undefined {
  const items = (setting(config, 'items') ?? '{signature}').split('\n').map((line) => line.trim())
  return items.length <= 5 && items.every((item) => itemForm.test(item)) ? items : undefined
}

function timestampRule(config: Config, content: string): TimestampRule | Refusal | undefined {
  // A time that isn't signed proves nothing, so none is read.
  if (!content.includes('{timestamp}')) return undefined
  const unit = oneOf(config, 'timestampUnit', units)
  if (unit === undefined) return unreadable('timestampUnit')
  const rule = { unit, toleranceSeconds: 300 }
  if (setting(config, 'timestampHeader') === undefined) return rule
  const header = headerSetting(config, 'timestampHeader')
  return header === undefined ? unreadable('timestampHeader') : { ...rule, header }
}

/** The chosen one; the first when nothing is chosen; undefined when it isn't one of them. */
function oneOf<T extends string>(
  config: Config,
  name: string,
  allowed: readonly T[],
): T | undefined {
  const text = setting(config, name)
  return text === undefined ? allowed[0] : allowed.find((one) => one === text)
}

function unreadable(name: string): Refusal {
  return refuse('bad_configuration', `The setting ${name} is missing or can't be read.`)
}
