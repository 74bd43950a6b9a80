import { createHash, randomInt } from 'node:crypto'

/** `phk_` and 43 random base62 characters: 256 bits, so a plain digest at rest is enough. */
const PREFIX = 'phk_'
const LENGTH = 43
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const FORM = /^phk_[0-9A-Za-z]{43}$/

export function newApiKeyText(): string {
  const characters = Array.from({ length: LENGTH }, () =>
    ALPHABET.charAt(randomInt(ALPHABET.length)),
  )
  return PREFIX + characters.join('')
}

export function isApiKeyText(text: string): boolean {
  return FORM.test(text)
}

/** Looked up by this digest: the database never sees the key, and no comparison leaks its start. */
export function hashApiKey(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(text).digest())
}
