export type ReceivedHeaders = Readonly<Record<string, readonly string[] | undefined>>

const SECRET_NAME =
  /^(?:proxy-)?authorization$|cookie|signature|token|secret|hmac|api-?key|passw|-sig$/i
const MAX_CHARS = 8_192

/** For the log of requests, as JSON: what is no credential and no signature, within a bound. */
export function keptHeaders(headers: ReceivedHeaders): string {
  const kept: Record<string, string> = Object.create(null)
  let chars = 0
  for (const [name, values = []] of Object.entries(headers)) {
    const text = values.join(', ').replaceAll('\0', '')
    chars += name.length + text.length
    if (chars > MAX_CHARS) break
    if (!SECRET_NAME.test(name)) kept[name] = text
  }
  return JSON.stringify(kept)
}
