import type { EndpointRow } from '@posthorn/db'
import { InvalidInputError } from '../errors.ts'
import type { Vault } from '../vault.ts'

export type EndpointHeaders = Readonly<Record<string, string>>

export const MAX_ENDPOINT_HEADERS = 40
const MAX_TOTAL_BYTES = 16_384

export function openHeaders(vault: Vault, endpoint: EndpointRow): EndpointHeaders {
  if (endpoint.headers === null) return {}
  const stored: unknown = JSON.parse(vault.open(endpoint.headers))
  if (typeof stored !== 'object' || stored === null)
    throw new Error('Stored headers are no object.')
  return Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, String(value)]))
}

/** Null when there are none. Names and values are judged already; their sum is judged here, where it is known. */
export function sealHeaders(
  vault: Vault,
  headers: EndpointHeaders,
): Uint8Array<ArrayBuffer> | null {
  const entries = Object.entries(headers)
  const bytes = entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  if (entries.length > MAX_ENDPOINT_HEADERS)
    refuse(`An endpoint has at most ${MAX_ENDPOINT_HEADERS} headers.`)
  if (bytes > MAX_TOTAL_BYTES)
    refuse(`An endpoint's headers hold at most ${MAX_TOTAL_BYTES} bytes.`)
  return entries.length === 0 ? null : vault.seal(JSON.stringify(headers))
}

function refuse(message: string): never {
  throw new InvalidInputError([{ path: ['body', 'headers'], message }])
}

/** Names differ only by more than case; null removes. The spelling given last is the one sent. */
export function mergeHeaders(
  headers: EndpointHeaders,
  patch: Readonly<Record<string, string | null>>,
): EndpointHeaders {
  const merged = new Map(Object.entries(headers).map(([name, value]) => keyed(name, value)))
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name.toLowerCase())
    else merged.set(...keyed(name, value))
  }
  return Object.fromEntries(merged.values())
}

function keyed(name: string, value: string): [string, [string, string]] {
  return [name.toLowerCase(), [name, value]]
}

/** Puts what stood in the URL as `user:password@` where it is write-only. */
export function addAuthorization(headers: EndpointHeaders, authorization: string): EndpointHeaders {
  const existing = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')
  if (existing === undefined) return { ...headers, Authorization: authorization }
  if (existing[1] === authorization) return headers
  const message =
    'The endpoint has an Authorization header already: leave user and password out of its URL.'
  throw new InvalidInputError([{ path: ['body', 'url'], message }])
}
