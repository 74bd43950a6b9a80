import { BoundedCache } from '@posthorn/runtime'

export interface PaceOptions {
  readonly perSecond: number
  /** How much may come at once after a pause. */
  readonly burst: number
}

interface Bucket {
  tokens: number
  atMs: number
}

const MAX_KEYS = 50_000
/** What was looked at together is charged together: nobody waits longer than this for it. */
const MAX_DEBT_SECONDS = 5

/** How fast each of many may go, in this process: looked at first, charged when what it is about is known. */
export class Pace {
  readonly #buckets = new BoundedCache<string, Bucket>(MAX_KEYS)
  readonly #options: PaceOptions

  constructor(options: PaceOptions) {
    this.#options = options
  }

  /** Seconds to wait, 0 when there is room. */
  wait(key: string, nowMs: number, perSecond = this.#options.perSecond): number {
    const { tokens } = this.#fill(key, nowMs, perSecond)
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond))
  }

  charge(key: string, nowMs: number, perSecond = this.#options.perSecond): void {
    const bucket = this.#fill(key, nowMs, perSecond)
    bucket.tokens = Math.max(bucket.tokens - 1, -MAX_DEBT_SECONDS * perSecond)
  }

  /** Charges if there is room. */
  take(key: string, nowMs: number): boolean {
    const bucket = this.#fill(key, nowMs, this.#options.perSecond)
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }

  /** Less than half of what may come at once is left: it comes faster than the rate. */
  isScarce(key: string, nowMs: number): boolean {
    return this.#fill(key, nowMs, this.#options.perSecond).tokens < this.#options.burst / 2
  }

  #fill(key: string, nowMs: number, perSecond: number): Bucket {
    const { perSecond: usual, burst } = this.#options
    const most = Math.max(1, (burst * perSecond) / usual)
    const bucket = this.#buckets.get(key)
    if (bucket === undefined) {
      const fresh = { tokens: most, atMs: nowMs }
      this.#buckets.set(key, fresh)
      return fresh
    }
    const elapsedMs = Math.max(0, nowMs - bucket.atMs)
    bucket.tokens = Math.min(most, bucket.tokens + (elapsedMs / 1000) * perSecond)
    bucket.atMs = nowMs
    return bucket
  }
}
