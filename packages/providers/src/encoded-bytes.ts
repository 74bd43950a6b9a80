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
  if (one.length > MOST_PADDED || other.length > MOST_PADDED)
    return timingSafeEqual(sha256(one), sha256(other))
  const same = timingSafeEqual(padded(one, left), padded(other, right))
  left.fill(0)
  right.fill(0)
  return same
}

// Long enough for what is used as a secret; cheaper by far than a hash of each.
const MOST_PADDED = 256
const LENGTH_BYTES = 4
// A character (of two, half of one) is at most three bytes.
const [left, right] = [padding(), padding()]

function padding(): Buffer {
  return Buffer.alloc(LENGTH_BYTES + 3 * MOST_PADDED)
}

/** The text with its length before it and zeros behind it. */
function padded(text: string, into: Buffer): Buffer {
  into.writeUInt32BE(into.write(text, LENGTH_BYTES), 0)
  return into
}

/** As text: a third of the cost of the bytes, which Node allocates outside the heap. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex')
}

export function sha256(data: string | Uint8Array): Buffer {
  return hash('sha256', data, 'buffer')
}
