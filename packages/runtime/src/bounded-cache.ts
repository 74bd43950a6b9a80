/**
 * A map of at most `maxEntries` that forgets what has not been used for longest, so no cache grows without bound.
 *
 * Two generations: what is used moves to the young one, and when that is half of all, the old one is
 * forgotten. A look-up of what is in use is one `Map.get`; an order kept per entry costs a deletion each time,
 * and a map is rebuilt every few of those.
 */
export class BoundedCache<K, V> {
  readonly #maxYoung: number
  #young = new Map<K, V>()
  #old = new Map<K, V>()

  /** @param maxEntries at least 2; between half of it and all of it is kept. */
  constructor(maxEntries: number) {
    this.#maxYoung = Math.max(1, Math.floor(maxEntries / 2))
  }

  get(key: K): V | undefined {
    const value = this.#young.get(key)
    if (value !== undefined) return value
    const aged = this.#old.get(key)
    if (aged !== undefined) this.set(key, aged)
    return aged
  }

  set(key: K, value: V): void {
    this.#old.delete(key)
    this.#young.set(key, value)
    if (this.#young.size >= this.#maxYoung) this.#age()
  }

  delete(key: K): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }

  #age(): void {
    this.#old = this.#young
    this.#young = new Map()
  }
}
