import { createHash, randomInt } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LENGTH = 43
const FORM = /^ph[sld]_[0-9A-Za-z]{43}$/

/** Of a session, a one-time link, a known browser: 256 random bits, so a plain digest at rest is enough. */
export type SecretPrefix = 'phs_' | 'phl_' | 'phd_'

export function newSecretText(prefix: SecretPrefix): string {
  const characters = Array.from({ length: LENGTH }, () =>
    ALPHABET.charAt(randomInt(ALPHABET.length)),
  )
  return prefix + characters.join('')
}

export function isSecretText(prefix: SecretPrefix, text: string): boolean {
  return text.startsWith(prefix) && FORM.test(text)
}

export function hashSecretText(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(text).digest())
}
