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
  | 'src_'
  | 'srcreq_'
  | 'usr_'
  | 'sess_'
  | 'link_'
  | 'alert_'
  | 'ntf_'
  | 'ntc_'
  | 'mail_'
  | 'outage_'

const EPOCH_SECONDS = 1_400_000_000
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const CODES = Buffer.from(ALPHABET, 'latin1')
const BODY_LENGTH = 27
const MAX_SECONDS = 0xffffffff

// The 160-bit number under way, as five 32-bit limbs. Several ids are made and read per message, so
// nothing is allocated but the text; no function here waits in between.
const limbs = new Uint32Array(5)

export function newId(prefix: IdPrefix, atMs: number): string {
  setTime(atMs)
  setRandom()
  return prefix + encode()
}

/** The least id of that instant: `id >= firstIdAt(prefix, t)` means "from t on" (4 ms granularity). */
export function firstIdAt(prefix: IdPrefix, atMs: number): string {
  limbs.fill(0)
  setTime(atMs)
  return prefix + encode()
}

/** The instant an id was made at, in ms (4 ms granularity), or null when the text is no id of that prefix. */
export function idTimeMs(prefix: IdPrefix, id: string): number | null {
  if (!decode(prefix, id)) return null
  return (limb(0) + EPOCH_SECONDS) * 1000 + (limb(1) >>> 24) * 4
}

export function isId(prefix: IdPrefix, id: string): boolean {
  return decode(prefix, id)
}

function limb(index: number): number {
  return limbs[index] ?? 0
}

function setTime(atMs: number): void {
  const seconds = Math.floor(atMs / 1000)
  limbs[0] = Math.min(Math.max(seconds - EPOCH_SECONDS, 0), MAX_SECONDS)
  limbs[1] = Math.floor((atMs - seconds * 1000) / 4) << 24
}

// A pool saves a system call per id.
const RANDOM_LIMBS = 4
const pool = new Uint32Array(RANDOM_LIMBS * 256)
let poolOffset = pool.length

function setRandom(): void {
  if (poolOffset === pool.length) {
    randomFillSync(pool)
    poolOffset = 0
  }
  limbs[1] = limb(1) | ((pool[poolOffset] ?? 0) >>> 8)
  for (let i = 1; i < RANDOM_LIMBS; i++) limbs[i + 1] = pool[poolOffset + i] ?? 0
  poolOffset += RANDOM_LIMBS
}

// Long division by 62^3 per round: three digits at a time, and from the first limb that isn't used up. The
// remainder stays below 2^18, so remainder * 2^32 + limb stays below 2^50, where a double is exact.
const CHUNK_DIGITS = 3
const CHUNK = 62 ** CHUNK_DIGITS
const LIMB = 2 ** 32
const digits = Buffer.alloc(BODY_LENGTH)

function encode(): string {
  let first = 0
  for (let at = BODY_LENGTH; at > 0; at -= CHUNK_DIGITS) {
    writeChunk(divideInPlace(first), at)
    while (limb(first) === 0 && first < limbs.length - 1) first++
  }
  return digits.toString('latin1')
}

/** Answers the remainder. `%` of doubles costs ten times the subtraction. */
function divideInPlace(first: number): number {
  let remainder = 0
  for (let i = first; i < limbs.length; i++) {
    const dividend = remainder * LIMB + limb(i)
    const quotient = Math.floor(dividend / CHUNK)
    limbs[i] = quotient
    remainder = dividend - quotient * CHUNK
  }
  return remainder
}

/** Writes three digits that end before `end`. */
function writeChunk(value: number, end: number): void {
  const tens = Math.floor(value / 62)
  const hundreds = Math.floor(tens / 62)
  digits[end - 1] = CODES[value - tens * 62] ?? 0
  digits[end - 2] = CODES[tens - hundreds * 62] ?? 0
  digits[end - 3] = CODES[hundreds] ?? 0
}

/** The inverse: the limbs hold the number, unless the answer is no. */
function decode(prefix: IdPrefix, id: string): boolean {
  if (id.length !== prefix.length + BODY_LENGTH || !id.startsWith(prefix)) return false
  limbs.fill(0)
  let chunk = 0
  let factor = 1
  for (let at = prefix.length; at < id.length; at++) {
    const digit = DIGIT_VALUES[id.charCodeAt(at)] ?? -1
    if (digit < 0) return false
    chunk = chunk * 62 + digit
    factor *= 62
    if (factor < CHUNK && at < id.length - 1) continue
    if (multiplyInPlace(factor, chunk) !== 0) return false
    chunk = 0
    factor = 1
  }
  return true
}

/** Answers what overflows the 160 bits. */
function multiplyInPlace(factor: number, add: number): number {
  let carry = add
  for (let i = limbs.length - 1; i >= 0; i--) {
    const product = limb(i) * factor + carry
    carry = Math.floor(product / LIMB)
    limbs[i] = product - carry * LIMB
  }
  return carry
}

const DIGIT_VALUES = new Int8Array(128).fill(-1)
for (let value = 0; value < ALPHABET.length; value++) {
  DIGIT_VALUES[ALPHABET.charCodeAt(value)] = value
}
