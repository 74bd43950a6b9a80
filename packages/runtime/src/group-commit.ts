/**
 * Gathers what many callers want written into few statements. Each caller gets its own result; a batch
 * that fails for a reason one row may have caused is tried again row by row, so a poison row hurts
 * only itself.
 *
 * Bounded: a batch by items and weight, what waits by items and weight (`GroupCommitFullError` beyond).
 */
export interface GroupCommitOptions<Item, Result> {
  /** Writes the batch and answers one result per item, in order. */
  readonly commit: (items: readonly Item[]) => Promise<readonly Result[]>
  /** How heavy an item is, in whatever unit `maxWeight` and `maxWaitingWeight` count. */
  readonly weigh: (item: Item) => number
  /** How long the first of a batch waits for others. */
  readonly windowMs: number
  /** The same while batches are big: there, fewer statements are worth more than a few milliseconds. */
  readonly busyWindowMs?: number
  /** Many that wait when a write ends are the next one at once: it is under way while those before are answered. */
  readonly startsNextAtOnce?: boolean
  readonly maxItems: number
  readonly maxWeight: number
  readonly maxWaitingItems: number
  readonly maxWaitingWeight: number
  readonly maxInFlight: number
  /** Whether one of several rows may be to blame. */
  readonly mayBlameOneItem: (err: unknown) => boolean
  /** Hears the size of each batch. */
  readonly onBatch?: (items: number) => void
}

const BIG_BATCH_ITEMS = 8

export class GroupCommitFullError extends Error {
  override name = 'GroupCommitFullError'
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly weight: number
  readonly resolve: (result: Result) => void
  readonly reject: (err: unknown) => void
}

export class GroupCommit<Item, Result> implements AsyncDisposable {
  readonly #options: GroupCommitOptions<Item, Result>
  #waiting: Waiting<Item, Result>[] = []
  #waitingWeight = 0
  #inFlight = 0
  #lastBatchItems = 0
  #timer: NodeJS.Timeout | null = null
  #flushAtMs = 0
  #onIdle: (() => void) | null = null

  constructor(options: GroupCommitOptions<Item, Result>) {
    this.#options = options
  }

  /**
   * `windowMs`: how long this item may wait for others, where that isn't as long as any.
   * @throws {GroupCommitFullError} when too much waits already; nothing was written.
   */
  add(item: Item, windowMs = this.#windowMs): Promise<Result> {
    const weight = this.#options.weigh(item)
    if (!this.#hasRoom(weight))
      return Promise.reject(new GroupCommitFullError('Too much waits to be written.'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, weight, resolve, reject })
      this.#waitingWeight += weight
      this.#schedule(windowMs)
    })
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** Writes what waits; resolves when nothing is in flight. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#inFlight === 0 && this.#waiting.length === 0) return
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve
      this.#flush()
    })
  }

  #hasRoom(weight: number): boolean {
    const { maxWaitingItems, maxWaitingWeight } = this.#options
    if (this.#waiting.length === 0) return true
    return (
      this.#waiting.length < maxWaitingItems && this.#waitingWeight + weight <= maxWaitingWeight
    )
  }

  #schedule(windowMs: number): void {
    if (this.#inFlight >= this.#options.maxInFlight || this.#waiting.length === 0) return
    if (this.#isFull()) this.#flush()
    else this.#flushWithin(windowMs)
  }

  #flushWithin(windowMs: number): void {
    const atMs = performance.now() + windowMs
    if (this.#timer !== null) {
      if (atMs >= this.#flushAtMs) return
      clearTimeout(this.#timer)
    }
    this.#flushAtMs = atMs
    this.#timer = setTimeout(() => this.#flush(), windowMs)
  }

  get #windowMs(): number {
    const { windowMs, busyWindowMs = windowMs } = this.#options
    return this.#lastBatchItems >= BIG_BATCH_ITEMS ? busyWindowMs : windowMs
  }

  #isFull(): boolean {
    return (
      this.#waiting.length >= this.#options.maxItems ||
      this.#waitingWeight >= this.#options.maxWeight
    )
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#inFlight >= this.#options.maxInFlight || this.#waiting.length === 0) return
    const batch = this.#takeBatch()
    this.#lastBatchItems = batch.length
    this.#options.onBatch?.(batch.length)
    this.#inFlight++
    void this.#write(batch).finally(() => {
      this.#inFlight--
      this.#goOn()
      if (this.#inFlight === 0 && this.#waiting.length === 0) this.#onIdle?.()
      else if (this.#onIdle !== null) this.#flush()
    })
  }

  #goOn(): void {
    const { startsNextAtOnce = false } = this.#options
    if (startsNextAtOnce && this.#waiting.length >= BIG_BATCH_ITEMS) this.#flush()
    else this.#schedule(this.#windowMs)
  }

  #takeBatch(): Waiting<Item, Result>[] {
    const { maxItems, maxWeight } = this.#options
    let weight = 0
    let count = 0
    for (const waiting of this.#waiting) {
      if (count > 0 && (count >= maxItems || weight + waiting.weight > maxWeight)) break
      weight += waiting.weight
      count++
    }
    this.#waitingWeight -= weight
    return this.#waiting.splice(0, count)
  }

  async #write(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#options.commit(batch.map((waiting) => waiting.item))
      if (results.length !== batch.length)
        throw new Error('The commit answered another number of results.')
      results.forEach((result, index) => batch[index]?.resolve(result))
    } catch (err) {
      if (batch.length > 1 && this.#options.mayBlameOneItem(err)) await this.#writeOneByOne(batch)
      else for (const waiting of batch) waiting.reject(err)
    }
  }

  async #writeOneByOne(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    for (const waiting of batch) await this.#write([waiting])
  }
}
