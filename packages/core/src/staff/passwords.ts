import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { OverloadedError } from '../errors.ts'

/**
 * Passwords at rest: scrypt on Node's thread pool, as `scrypt$15$8$3$<salt>$<hash>` (log2 of N, r, p).
 * One takes 32 MB and a fraction of a second of one core, so few run at once and few may wait: who floods
 * the sign-in takes neither the memory nor the threads that the rest of the process needs.
 */
export interface Passwords {
  hash(text: string): Promise<string>
  /** With `stored` null it takes as long, and is false: whether there is such a user can't be timed. */
  verify(text: string, stored: string | null): Promise<boolean>
}

interface Cost {
  readonly logN: number
  readonly r: number
  readonly p: number
}

// OWASP's parameters for 32 MB each.
const COST: Cost = { logN: 15, r: 8, p: 3 }
const SALT_BYTES = 16
const HASH_BYTES = 32
const MAX_RUNNING = 2
const MAX_WAITING = 16
const STORED = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w+/=]+)\$([\w+/=]+)$/

export function createPasswords(cost: Cost = COST): Passwords {
  const gate = createGate()
  const derive = (text: string, salt: Buffer, with_: Cost) =>
    gate(() => deriveKey(text, salt, with_))
  return {
    async hash(text) {
      const salt = randomBytes(SALT_BYTES)
      const key = await derive(text, salt, cost)
      const { logN, r, p } = cost
      return ['scrypt', logN, r, p, salt.toString('base64'), key.toString('base64')].join('$')
    },
    async verify(text, stored) {
      const known = stored === null ? null : readStored(stored)
      const { salt, key, ...with_ } = known ?? nobody(cost)
      const derived = await derive(text, salt, with_)
      return timingSafeEqual(derived, key) && known !== null
    },
  }
}

interface Stored extends Cost {
  readonly salt: Buffer
  readonly key: Buffer
}

function readStored(text: string): Stored | null {
  const [, logN, r, p, salt = '', hash = ''] = STORED.exec(text) ?? []
  const key = Buffer.from(hash, 'base64')
  if (logN === undefined || key.length !== HASH_BYTES) return null
  return {
    logN: Number(logN),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    key,
  }
}

function nobody(cost: Cost): Stored {
  return { ...cost, salt: Buffer.alloc(SALT_BYTES), key: Buffer.alloc(HASH_BYTES) }
}

function deriveKey(text: string, salt: Buffer, { logN, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** logN
  const options = { N, r, p, maxmem: 128 * N * r * 2 }
  // One spelling: a password typed on another keyboard may arrive composed otherwise.
  const password = text.normalize('NFKC')
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, options, (err, key) => (err ? reject(err) : resolve(key)))
  })
}

function createGate(): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= MAX_RUNNING) {
      if (waiting.length >= MAX_WAITING)
        throw new OverloadedError('Too many sign-ins at once: try again in a moment.', 5)
      // Whoever ends hands over the place, so that `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
