import { createHash, createHmac, type KeyObject, verify as verifyBytes } from 'node:crypto'
import { type Config, setting } from '../config.ts'
import { decodeBytes, sameBytes, sameText } from '../encoded-bytes.ts'
import type { Evidence } from '../evidence.ts'
import { readValues } from '../place.ts'
import type { WebhookReader } from '../received-webhook.ts'
import { type Proof, proven, refuse, type Refusal } from '../verification.ts'
import { type HeaderItems, readItems } from './header-items.ts'
import { signedContent, type Stretch } from './signed-content.ts'
import {
  type DigestAlgorithm,
  isPublicKeyAlgorithm,
  type PublicKeyAlgorithm,
  type SignedScheme,
} from './signed-scheme.ts'
import { publicKeyOf, secretBytes } from './signing-key.ts'
import { checkAge, parseTimestamp, toleranceOf } from './timestamp.ts'

type Matcher = (content: readonly Stretch[], signature: Buffer) => boolean

/** Reads the signature, builds what was signed, tries every live key, and only then judges the time. */
export function proveSigned(scheme: SignedScheme, evidence: Evidence): Proof {
  const { webhook, config, secrets } = evidence
  const wrong = checkRequired(scheme, webhook, config)
  if (wrong) return wrong
  const items = readItems(scheme, webhook)
  if ('outcome' in items) return items
  const time = readTime(scheme, webhook, items)
  if ('outcome' in time) return time
  const template = scheme.content ?? '{body}'
  const content = signedContent(template, { webhook, items, timestamp: time.text })
  if (!Array.isArray(content)) return content
  const matchers = matchersOf(scheme, secrets, config)
  if (!Array.isArray(matchers)) return matchers
  const signatures = decodeAll(items.signatures, scheme)
  if (!Array.isArray(signatures)) return signatures
  if (!matchers.some((matches) => signatures.some((one) => matches(content, one)))) {
    return refuse('wrong_signature', wrongSignature(template))
  }
  if (scheme.timestamp === undefined || time.atMs === undefined) return proven
  const tolerance = toleranceOf(scheme.timestamp, config)
  return checkAge(time.atMs, evidence.now, tolerance) ?? proven
}

function checkRequired(
  { require, match }: SignedScheme,
  webhook: WebhookReader,
  config: Config,
): Refusal | undefined {
  for (const [name, value] of Object.entries(require ?? {})) {
    if (webhook.header(name) === value) continue
    return refuse('missing_header', `Header ${name} isn't ${value}.`)
  }
  if (match === undefined) return undefined
  const expected = setting(config, match.setting)
  if (expected === undefined) return refuse('bad_configuration', `${match.setting} isn't set.`)
  if (sameText(webhook.header(match.header) ?? '', expected)) return undefined
  return refuse('wrong_recipient', `Header ${match.header} isn't the configured ${match.setting}.`)
}

interface Time {
  text: string | undefined
  atMs?: number
}

function readTime(
  { timestamp: rule }: SignedScheme,
  webhook: WebhookReader,
  items: HeaderItems,
): Time | Refusal {
  if (rule === undefined) return { text: items.timestamp }
  if (rule.header !== undefined && webhook.lines(rule.header).length > 1) {
    return refuse('repeated_header', `${rule.header} came more than once.`)
  }
  const text =
    items.timestamp ??
    (rule.header === undefined ? undefined : webhook.header(rule.header)) ??
    (rule.json === undefined ? undefined : readValues(`json ${rule.json}`, { webhook })[0])
  if (text === undefined)
    return refuse('missing_header', `${rule.header ?? 'The timestamp'} is missing.`)
  const atMs = parseTimestamp(text, rule.unit)
  if (atMs !== undefined) return { text, atMs }
  const unit = { s: 'seconds', ms: 'milliseconds', iso: 'an ISO 8601 time' }[rule.unit]
  return refuse('malformed_timestamp', `The timestamp isn't given as ${unit}.`)
}

function matchersOf(
  scheme: SignedScheme,
  secrets: readonly string[],
  config: Config,
): Matcher[] | Refusal {
  const given = secrets.filter((secret) => secret !== '')
  if (given.length === 0) return refuse('no_secret', 'No secret is configured.')
  const matchers = given.flatMap((secret) => matcherOf(scheme, secret, config) ?? [])
  if (matchers.length > 0) return matchers
  return refuse('bad_configuration', 'No configured secret has the form that this provider uses.')
}

function matcherOf(scheme: SignedScheme, secret: string, config: Config): Matcher | undefined {
  const algorithm = scheme.algorithm ?? 'hmac-sha256'
  const form = scheme.key ?? {}
  if (isPublicKeyAlgorithm(algorithm)) {
    const key = publicKeyOf(secret, form)
    return key && fits(algorithm, key) ? publicKeyMatcher(algorithm, key) : undefined
  }
  const key = secretBytes(secret, form, config)
  return key && digestMatcher(algorithm, key)
}

function digestMatcher(algorithm: DigestAlgorithm, key: Buffer): Matcher {
  return (content, signature) => {
    const digest =
      algorithm === 'sha256'
        ? createHash('sha256')
        : createHmac(algorithm.slice('hmac-'.length), key)
    for (const stretch of content) digest.update(stretch === 'key' ? key : stretch)
    return sameBytes(digest.digest(), signature)
  }
}

const keyTypes: Record<PublicKeyAlgorithm, string> = {
  ed25519: 'ed25519',
  'ecdsa-sha256': 'ec',
  'rsa-sha1': 'rsa',
  'rsa-sha256': 'rsa',
}

function fits(algorithm: PublicKeyAlgorithm, key: KeyObject): boolean {
  return key.asymmetricKeyType === keyTypes[algorithm]
}

function publicKeyMatcher(algorithm: PublicKeyAlgorithm, key: KeyObject): Matcher {
  const digest = algorithm === 'ed25519' ? null : algorithm === 'rsa-sha1' ? 'sha1' : 'sha256'
  return (content, signature) => {
    const whole = Buffer.concat(content.filter((stretch) => stretch !== 'key'))
    try {
      return verifyBytes(digest, whole, key, signature)
    } catch {
      return false
    }
  }
}

/** Those of the right encoding: of several, a broken one doesn't spoil the others. */
function decodeAll(texts: readonly string[], scheme: SignedScheme): Buffer[] | Refusal {
  const encoding = scheme.encoding ?? 'hex'
  const signatures = texts.flatMap((text) => decodeBytes(text, encoding) ?? [])
  if (signatures.length > 0) return signatures
  return refuse('malformed_signature', `The signature isn't ${encoding}.`)
}

function wrongSignature(template: string): string {
  const url = template.includes('{url') ? ' The URL must be exactly the one registered there.' : ''
  return `No live secret makes this signature over ${template}.${url}`
}
