import { hash, timingSafeEqual } from 'node:crypto'

export type Encoding = 'hex' | 'base64' | 'base64url'

const alphabets: Record<Encoding, RegExp> = {
  hex: /^(?:[0-9a-f]{2})+$/i,
  base64: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  base64url: /^[A-Za-z0-9_-]+={0,2}$/,
}

/** The bytes, or undefined for text that isn't exactly of that encoding: Node itself skips junk. */
export function decodeBytes(text: string, encoding: Encoding): Buffer | undefined {
  if (text === '' || !alphabets[encoding].test(text)) return undefined
  const bytes = Buffer.from(text, encoding)
  if (encoding === 'hex') return bytes
  // Spare bits of the last character would give one signature several spellings.
  const unpadded = text.replace(/=+$/, '')
  return bytes.toString(encoding).replace(/=+$/, '') === unpadded ? bytes : undefined
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Compares texts in a time that tells nothing of either, not even its length. */
export function sameText(one: string, other: string): boolean {
  return timingSafeEqual(sha256(one), sha256(other))
}

export function sha256(data: string | Uint8Array): Buffer {
  return hash('sha256', data, 'buffer')
}
