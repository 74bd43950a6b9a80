import { BoundedCache } from '@posthorn/runtime'

export interface RequestWindowOptions {
  readonly requests: number
  readonly seconds: number
}

interface Window {
  readonly endsAtMs: number
  count: number
}

const MAX_KEYS = 50_000

/** So many requests of each in a window that begins with its first; what is over that waits for its end. */
export class RequestWindow {
  readonly #windows = new BoundedCache<string, Window>(MAX_KEYS)
  readonly #options: RequestWindowOptions

  constructor(options: RequestWindowOptions) {
    this.#options = options
  }

  /** Counts one, and says how many seconds are to be waited: 0 when it may go on. */
  take(key: string, nowMs: number): number {
    const { requests, seconds } = this.#options
    const known = this.#windows.get(key)
    if (known === undefined || known.endsAtMs <= nowMs) {
      this.#windows.set(key, { endsAtMs: nowMs + seconds * 1000, count: 1 })
      return 0
    }
    if (known.count >= requests) return Math.max(1, Math.ceil((known.endsAtMs - nowMs) / 1000))
    known.count++
    return 0
  }
}
