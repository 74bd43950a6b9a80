const STRIKES = 2
const SUSPENDED_MS = 60_000
const MAX_TRACKED = 1000

/** Schemas that used up their time again and again: not run for a minute, so one cannot stall the others. */
export class Suspensions {
  readonly #strikes = new Map<string, { count: number; lastMs: number }>()

  count(cacheKey: string): void {
    const count = (this.#recent(cacheKey)?.count ?? 0) + 1
    this.#strikes.delete(cacheKey)
    this.#strikes.set(cacheKey, { count, lastMs: performance.now() })
    if (this.#strikes.size <= MAX_TRACKED) return
    const oldest = this.#strikes.keys().next()
    if (oldest.done !== true) this.#strikes.delete(oldest.value)
  }

  has(cacheKey: string): boolean {
    return (this.#recent(cacheKey)?.count ?? 0) >= STRIKES
  }

  #recent(cacheKey: string) {
    const strike = this.#strikes.get(cacheKey)
    return strike !== undefined && performance.now() - strike.lastMs < SUSPENDED_MS
      ? strike
      : undefined
  }
}
