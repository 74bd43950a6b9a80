import { secretPlaces } from '@posthorn/providers'
import type { ReceivingSource } from './receiving-source.ts'

export type ReceivedHeaders = Readonly<Record<string, readonly string[] | undefined>>

const SECRET_NAME =
  /^(?:proxy-)?authorization$|cookie|signature|token|secret|hmac|api-?key|passw|-sig$/i
const MAX_CHARS = 8_192

/** For the log of requests, as JSON: what is no credential and no signature, within a bound. */
export function keptHeaders(source: Verified, headers: ReceivedHeaders): string {
  const secretNames = secretHeaders(source)
  const isSecret = (name: string): boolean =>
    SECRET_NAME.test(name) || secretNames.has(name.toLowerCase())
  const kept: Record<string, string> = Object.create(null)
  let chars = 0
  for (const [name, values = []] of Object.entries(headers)) {
    const text = values.join(', ').replaceAll('\0', '')
    chars += name.length + text.length
    if (chars > MAX_CHARS) break
    if (!isSecret(name)) kept[name] = text
  }
  return JSON.stringify(kept)
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
