import { hash } from 'node:crypto'
import { InvalidInputError } from '../errors.ts'

export interface KeyedOperation {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly key: string
}

/**
 * What an `idempotency-key` stands for: the same key means the same request only in the same
 * organisation (or application), for the same method, path and query.
 */
export function idempotencyKeyHash(scopeId: string, operation: KeyedOperation): Buffer {
  const { method, url, key } = operation
  return hash('sha256', `${scopeId}\n${method}\n${url}\n${key}`, 'buffer')
}

/** A key with another body is another request: the hash tells. */
export function idempotencyBodyHash(body: string | Uint8Array): Buffer {
  return hash('sha256', body, 'buffer')
}

/** Answers have this long to be asked for again. */
export const IDEMPOTENCY_HOURS = 12

const VISIBLE_ASCII = /^[\x21-\x7e]{1,256}$/

/** The header as it came: undefined when there is none. */
export function checkIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  if (VISIBLE_ASCII.test(header)) return header
  const message = 'Must be 1 to 256 visible ASCII characters'
  throw new InvalidInputError([{ path: ['header', 'idempotency-key'], message }])
}
