import { hash, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 32

/** The secret part of a URL that is all its holder shows: 256 random bits, so a plain digest finds it. */
export function newLinkToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

export function isLinkToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text)
}

export function hashLinkToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash('sha256', token, 'buffer'))
}
