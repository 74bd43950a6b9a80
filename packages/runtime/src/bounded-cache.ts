/** A map that forgets its least recently used entry beyond `maxEntries`, so no cache grows without bound. */
export class BoundedCache<K, V> {
  readonly #entries = new Map<K, V>()
  readonly #maxEntries: number
  #newest: K | undefined

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key)
    if (value !== undefined && key !== this.#newest) this.#putLast(key, value)
    return value
  }

  set(key: K, value: V): void {
    this.#putLast(key, value)
    if (this.#entries.size > this.#maxEntries) this.#deleteOldest()
  }

  delete(key: K): void {
    this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
  }

  get size(): number {
    return this.#entries.size
  }

  // A small map is rebuilt every few deletions: what is last already stays.
  #putLast(key: K, value: V): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    this.#newest = key
  }

  #deleteOldest(): void {
    const oldest = this.#entries.keys().next()
    if (!oldest.done) this.#entries.delete(oldest.value)
  }
}
