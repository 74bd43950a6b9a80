import { BoundedCache } from '@posthorn/runtime'

export interface SlidingWindowOptions {
  readonly requests: number
  readonly seconds: number
}

interface Taken {
  /** When each of the newest came, as a ring. */
  readonly atMs: Float64Array
  /** Where the oldest stands, and the next will. */
  next: number
}

const MAX_KEYS = 20_000

/** So many requests of each in any stretch of so many seconds; what is refused doesn't count. */
export class SlidingWindow {
  readonly #taken = new BoundedCache<string, Taken>(MAX_KEYS)
  readonly #options: SlidingWindowOptions

  constructor(options: SlidingWindowOptions) {
    this.#options = options
  }

  /** Counts one, and says how many seconds are to be waited: 0 when it may go on. */
  take(key: string, nowMs: number): number {
    const { requests, seconds } = this.#options
    const taken = this.#taken.get(key) ?? this.#open(key, requests)
    const freeAtMs = (taken.atMs[taken.next] ?? 0) + seconds * 1000
    if (nowMs < freeAtMs) return Math.max(1, Math.ceil((freeAtMs - nowMs) / 1000))
    taken.atMs[taken.next] = nowMs
    taken.next = (taken.next + 1) % requests
    return 0
  }

  #open(key: string, requests: number): Taken {
    const taken = { atMs: new Float64Array(requests).fill(Number.NEGATIVE_INFINITY), next: 0 }
    this.#taken.set(key, taken)
    return taken
  }
}
