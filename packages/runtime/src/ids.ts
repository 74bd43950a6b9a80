import { randomFillSync } from 'node:crypto'

/**
 * Ids: prefix + 27 base62 characters of 20 bytes: seconds since 1,400,000,000 (4 bytes), `ms >> 2`
 * (1 byte, units of 4 ms), 15 random bytes. Fixed width, so ids sort by time as bytes.
 */
export type IdPrefix =
  | 'org_'
  | 'app_'
  | 'ep_'
  | 'msg_'
  | 'atmpt_'
  | 'evtype_'
  | 'qtask_'
  | 'key_'
  | 'audit_'
  | 'req_'

const EPOCH_SECONDS = 1_400_000_000
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BODY_LENGTH = 27
const RANDOM_BYTES = 15
const MAX_SECONDS = 0xffffffff

export function newId(prefix: IdPrefix, atMs: number): string {
  return prefix + encode(timeBytes(atMs, nextRandom))
}

/** The least id of that instant: `id >= firstIdAt(prefix, t)` means "from t on" (4 ms granularity). */
export function firstIdAt(prefix: IdPrefix, atMs: number): string {
  return prefix + encode(timeBytes(atMs, (bytes) => bytes.fill(0, 5)))
}

/** The instant an id was made at, in ms (4 ms granularity), or null when the text is no id of that prefix. */
export function idTimeMs(prefix: IdPrefix, id: string): number | null {
  const bytes = decode(prefix, id)
  if (bytes === null) return null
  return (readSeconds(bytes) + EPOCH_SECONDS) * 1000 + (bytes[4] ?? 0) * 4
}

export function isId(prefix: IdPrefix, id: string): boolean {
  return decode(prefix, id) !== null
}

function timeBytes(atMs: number, fillRest: (bytes: Uint8Array) => void): Uint8Array {
  const bytes = new Uint8Array(5 + RANDOM_BYTES)
  const seconds = Math.min(Math.max(Math.floor(atMs / 1000) - EPOCH_SECONDS, 0), MAX_SECONDS)
  new DataView(bytes.buffer).setUint32(0, seconds)
  bytes[4] = Math.floor((((atMs % 1000) + 1000) % 1000) / 4)
  fillRest(bytes)
  return bytes
}

function readSeconds(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
}

// A pool saves a system call per id.
const pool = new Uint8Array(RANDOM_BYTES * 256)
let poolOffset = pool.length

function nextRandom(bytes: Uint8Array): void {
  if (poolOffset === pool.length) {
    randomFillSync(pool)
    poolOffset = 0
  }
  bytes.set(pool.subarray(poolOffset, poolOffset + RANDOM_BYTES), 5)
  poolOffset += RANDOM_BYTES
}

// Long division of the 160-bit number, five 32-bit limbs, by 62^5 per round: five digits at a time.
const CHUNK_DIGITS = 5
const CHUNK = 62 ** CHUNK_DIGITS

function encode(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const limbs = [0, 4, 8, 12, 16].map((at) => view.getUint32(at))
  let text = ''
  while (text.length < BODY_LENGTH) text = chunkText(divideInPlace(limbs)) + text
  return text.slice(-BODY_LENGTH)
}

// The remainder stays below 62^5 < 2^30, so remainder * 2^32 + limb stays below 2^62: too wide for a
// double, hence 16 bits at a time.
function divideInPlace(limbs: number[]): number {
  let remainder = 0
  for (let i = 0; i < limbs.length; i++) {
    const limb = limbs[i] ?? 0
    const high = remainder * 0x10000 + (limb >>> 16)
    const low = (high % CHUNK) * 0x10000 + (limb & 0xffff)
    limbs[i] = Math.floor(high / CHUNK) * 0x10000 + Math.floor(low / CHUNK)
    remainder = low % CHUNK
  }
  return remainder
}

function chunkText(value: number): string {
  let text = ''
  let rest = value
  for (let i = 0; i < CHUNK_DIGITS; i++) {
    text = ALPHABET.charAt(rest % 62) + text
    rest = Math.floor(rest / 62)
  }
  return text
}

// The inverse: five digits at a time into the limbs, 16 bits of each at a time for the same reason.
function decode(prefix: IdPrefix, id: string): Uint8Array | null {
  if (!id.startsWith(prefix) || id.length !== prefix.length + BODY_LENGTH) return null
  const limbs = [0, 0, 0, 0, 0]
  let chunk = 0
  let digits = 0
  for (let at = prefix.length; at < id.length; at++) {
    const digit = DIGIT_VALUES[id.charCodeAt(at)] ?? -1
    if (digit < 0) return null
    chunk = chunk * 62 + digit
    digits++
    if (digits < CHUNK_DIGITS && at < id.length - 1) continue
    if (multiplyInPlace(limbs, 62 ** digits, chunk) !== 0) return null
    chunk = 0
    digits = 0
  }
  return bytesOf(limbs)
}

/** Answers what overflows the 160 bits. */
function multiplyInPlace(limbs: number[], factor: number, add: number): number {
  let carry = add
  for (let i = limbs.length - 1; i >= 0; i--) {
    const limb = limbs[i] ?? 0
    const low = (limb & 0xffff) * factor + carry
    const high = (limb >>> 16) * factor + Math.floor(low / 0x10000)
    limbs[i] = (high % 0x10000) * 0x10000 + (low % 0x10000)
    carry = Math.floor(high / 0x10000)
  }
  return carry
}

function bytesOf(limbs: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(limbs.length * 4)
  const view = new DataView(bytes.buffer)
  limbs.forEach((limb, index) => view.setUint32(index * 4, limb))
  return bytes
}

const DIGIT_VALUES = new Int8Array(128).fill(-1)
for (let value = 0; value < ALPHABET.length; value++) {
  DIGIT_VALUES[ALPHABET.charCodeAt(value)] = value
}
