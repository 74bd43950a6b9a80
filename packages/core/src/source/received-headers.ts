import { secretPlaces } from '@posthorn/providers'
import { BoundedCache } from '@posthorn/runtime'
import type { ReceivingSource } from './receiving-source.ts'

export type ReceivedHeaders = Readonly<Record<string, readonly string[] | undefined>>

const SECRET_NAME =
  /^(?:proxy-)?authorization$|cookie|signature|token|secret|hmac|api-?key|passw|-sig$/i
const MAX_CHARS = 8_192

/** For the log of requests, as JSON: what is no credential and no signature, within a bound. */
export function keptHeaders(source: Verified, headers: ReceivedHeaders): string {
  const secretNames = secretHeaders(source)
  let members = ''
  let chars = 0
  for (const name in headers) {
    const text = joined(headers[name])
    chars += name.length + text.length
    if (chars > MAX_CHARS) break
    const { quoted, isSecret } = nameOf(name)
    if (isSecret || secretNames.has(name.toLowerCase())) continue
    members += `${members === '' ? '' : ','}${quoted}:${JSON.stringify(text)}`
  }
  return `{${members}}`
}

function joined(values: readonly string[] = []): string {
  const text = values.length === 1 ? (values[0] ?? '') : values.join(', ')
  return text.includes('\0') ? text.replaceAll('\0', '') : text
}

interface HeaderName {
  /** As JSON. */
  readonly quoted: string
  readonly isSecret: boolean
}

const MAX_NAMES = 2_000
const MAX_NAME_CHARS = 100
const knownNames = new BoundedCache<string, HeaderName>(MAX_NAMES)

// Senders name the same few headers in every request.
function nameOf(name: string): HeaderName {
  const known = knownNames.get(name)
  if (known !== undefined) return known
  const made = { quoted: JSON.stringify(name), isSecret: SECRET_NAME.test(name) }
  if (name.length <= MAX_NAME_CHARS) knownNames.set(name, made)
  return made
}

type Verified = Pick<ReceivingSource, 'provider' | 'config'>

const secretHeadersOf = new WeakMap<Verified, ReadonlySet<string>>()

/** In lower case; worked out once for a source as it was read. */
function secretHeaders(source: Verified): ReadonlySet<string> {
  const known = secretHeadersOf.get(source)
  if (known !== undefined) return known
  const names = secretPlaces(source.provider, source.config)
    .filter((place) => place.startsWith(HEADER))
    .map((place) => place.slice(HEADER.length).toLowerCase())
  const secret = new Set(names)
  secretHeadersOf.set(source, secret)
  return secret
}

const HEADER = 'header '
