type Waiting<Item> = { item: Item; settle: (err?: unknown) => void }

export type GroupCommitOptions<Item> = {
  windowMs: number
  maxItems: number
  write: (items: Item[]) => Promise<void>
}

/** One statement in flight; what comes meanwhile, or within the window, goes with the next. */
export class GroupCommit<Item> {
  readonly #options: GroupCommitOptions<Item>
  #waiting: Waiting<Item>[] = []
  #isWriting = false
  #timer: NodeJS.Timeout | null = null

  constructor(options: GroupCommitOptions<Item>) {
    this.#options = options
  }

  /** Resolves once the item is committed. */
  add(item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, settle: (err) => (err === undefined ? resolve() : reject(err)) })
      this.#schedule()
    })
  }

  #schedule(): void {
    if (this.#isWriting || this.#timer !== null || this.#waiting.length === 0) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.#flush()
    }, this.#options.windowMs)
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting.splice(0, this.#options.maxItems)
    this.#isWriting = true
    try {
      await this.#options.write(batch.map(({ item }) => item))
      for (const { settle } of batch) settle()
    } catch (err) {
      for (const { settle } of batch) settle(err)
    }
    this.#isWriting = false
    this.#schedule()
  }
}
