import { findResults, OverloadedError } from '@posthorn/core'
import type { Database } from '@posthorn/db'

const LOOK_EVERY_MS = 100
const RESULT_MS = 30_000
const MAX_WAITING = 1_000

interface Waiting {
  readonly messageId: string
  readonly endpointId: string | null
  readonly untilMs: number
  readonly settle: (result: FlowResult | null) => void
}

export interface FlowResult {
  /** What the endpoint answered, as far as it was kept. */
  readonly body: string
}

/** Callers who wait for what an endpoint answers to their message: one look for all of them at a time. */
export class FlowResults implements AsyncDisposable {
  readonly #db: Pick<Database, 'hot'>
  readonly #resultMs: number
  readonly #waiting = new Set<Waiting>()
  #looking: Promise<void> | null = null
  #isClosed = false

  constructor(db: Database, resultMs = RESULT_MS) {
    this.#db = db
    this.#resultMs = resultMs
  }

  /** Before the message is stored. @throws {OverloadedError} too many wait already */
  checkRoom(): void {
    if (this.#waiting.size >= MAX_WAITING) throw new OverloadedError('Too many wait for a result.')
  }

  /** Null: there is none within 30 seconds. */
  wait(messageId: string, endpointId: string | null): Promise<FlowResult | null> {
    if (this.#isClosed) return Promise.resolve(null)
    return new Promise((settle) => {
      const untilMs = performance.now() + this.#resultMs
      this.#waiting.add({ messageId, endpointId, untilMs, settle })
      this.#looking ??= this.#look()
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    for (const waiting of this.#waiting) this.#settle(waiting, null)
    await this.#looking
  }

  async #look(): Promise<void> {
    while (this.#waiting.size > 0) {
      await new Promise((resolve) => {
        setTimeout(resolve, LOOK_EVERY_MS)
      })
      await this.#lookOnce()
    }
    this.#looking = null
  }

  async #lookOnce(): Promise<void> {
    const waiting = [...this.#waiting]
    // A database that is away is no result: it is looked for again until the time is over.
    const results = await findResults({ db: this.#db }, waiting).catch(() => new Map())
    const nowMs = performance.now()
    for (const one of waiting) {
      const found = results.get(one.messageId)
      if (found !== undefined) this.#settle(one, { body: found.body ?? '' })
      else if (one.untilMs <= nowMs) this.#settle(one, null)
    }
  }

  #settle(waiting: Waiting, result: FlowResult | null): void {
    this.#waiting.delete(waiting)
    waiting.settle(result)
  }
}
