import { InvalidInputError } from '../errors.ts'

/** What a caller who waits is answered. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface GivenReply {
  /** Whatever is no status is 200. */
  readonly status?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON. */
  readonly body?: unknown
}

const TYPES: ReadonlySet<string> = new Set([
  'application/json',
  'application/xml',
  'text/plain',
  'text/xml',
  'text/csv',
])
const DEFAULT_TYPE = 'application/json'

/** Set by the server, whatever a reply says. */
const FIXED: ReadonlySet<string> = new Set([
  'x-content-type-options',
  'content-security-policy',
  'x-xss-protection',
])

// What frames the answer, or is about this host rather than about what is said.
const REFUSED =
  /^(?:connection|content-encoding|content-length|date|keep-alive|proxy-.*|set-cookie2?|strict-transport-security|te|trailer|transfer-encoding|upgrade|x-request-id|clear-site-data|alt-svc|service-worker-allowed)$/

const NAME = /^[a-z0-9!#$%&'*+.^_`|~-]{1,128}$/
const VALUE = /^[\x20-\x7e]{0,4096}$/
const MAX_HEADERS = 40
const MAX_BODY_BYTES = 1_000_000

/** @throws {InvalidInputError} naming the header, or that the body is too large */
export function readReply({ status, headers = {}, body }: GivenReply): Reply {
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const faults = given.flatMap(([name, value]) => headerFault(name, value))
  if (given.length > MAX_HEADERS) faults.push(fault([], `At most ${MAX_HEADERS} headers`))
  const bytes = bodyBytes(body)
  if (bytes.byteLength > MAX_BODY_BYTES)
    faults.push({ path: ['body', 'body'], message: `At most ${MAX_BODY_BYTES} bytes` })
  if (faults.length > 0) throw new InvalidInputError(faults)
  const kept = given.filter(([name]) => name !== 'content-type' && !FIXED.has(name))
  const type = given.find(([name]) => name === 'content-type')?.[1]
  return {
    status: readStatus(status),
    headers: { ...Object.fromEntries(kept), 'content-type': replyType(type) },
    body: bytes,
  }
}

/** What is none of the few that no browser runs becomes JSON. */
export function replyType(type: string | null | undefined): string {
  const [essence = ''] = (type ?? '').split(';', 1)
  const isAllowed = TYPES.has(essence.trim().toLowerCase()) && VALUE.test(type ?? '')
  return isAllowed ? (type ?? '') : DEFAULT_TYPE
}

// A final 1xx would hang the caller.
export function readStatus(status: unknown): number {
  const number = typeof status === 'string' ? Number(status) : status
  const isStatus = typeof number === 'number' && Number.isInteger(number)
  return isStatus && number >= 200 && number <= 599 ? number : 200
}

function bodyBytes(body: unknown): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0)
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

function headerFault(name: string, value: string) {
  if (!NAME.test(name) || REFUSED.test(name)) return [fault([name], 'Must not be set by a reply')]
  if (VALUE.test(value)) return []
  return [fault([name], 'Must be at most 4,096 printable characters')]
}

function fault(path: readonly string[], message: string) {
  return { path: ['body', 'headers', ...path], message }
}
