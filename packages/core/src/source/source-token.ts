import { hash, randomBytes } from 'node:crypto'

/** What a retired URL has left: senders are moved over by hand, one after the other. */
export const RETIRED_TOKEN_HOURS = 48

const TOKEN_BYTES = 32

/** The secret part of a source's URL. */
export function newSourceToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

export function isSourceToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text)
}

export function hashSourceToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash('sha256', token, 'buffer'))
}
