import { secretPlaces } from '@posthorn/providers'
import type { ReceivingSource } from './receiving-source.ts'

export type ReceivedHeaders = Readonly<Record<string, readonly string[] | undefined>>

const SECRET_NAME =
  /^(?:proxy-)?authorization$|cookie|signature|token|secret|hmac|api-?key|passw|-sig$/i
const MAX_CHARS = 8_192

/** For the log of requests, as JSON: what is no credential and no signature, within a bound. */
export function keptHeaders(
  { provider, config }: Pick<ReceivingSource, 'provider' | 'config'>,
  headers: ReceivedHeaders,
): string {
  const places = new Set(secretPlaces(provider, config).map((place) => place.toLowerCase()))
  const isSecret = (name: string): boolean =>
    SECRET_NAME.test(name) || places.has(`header ${name.toLowerCase()}`)
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
