import { setTimeout as delay } from 'node:timers/promises'
import type { Queue } from 'bullmq'
import { withDeadline } from './with-deadline.ts'

export interface OpenQueue extends AsyncDisposable {
  /** The one in use now: ask for it each time. */
  readonly queue: Queue
  /** What it takes on disk; on Redis, all that is in its memory. */
  bytes(): Promise<number | null>
}

const REOPEN_MS = 1_000
const CLOSE_DEADLINE_MS = 2_000

/** BullMQ keeps the outcome of a queue's first connection for good: one whose first failed is replaced. */
export class ReopenedQueue implements OpenQueue {
  readonly #openOnce: () => OpenQueue
  readonly #onError: (err: Error) => void
  readonly #closing = new AbortController()
  #current: OpenQueue

  constructor(openOnce: () => OpenQueue, onError: (err: Error) => void) {
    this.#openOnce = openOnce
    this.#onError = onError
    this.#current = this.#open()
  }

  get queue(): Queue {
    return this.#current.queue
  }

  bytes(): Promise<number | null> {
    return this.#current.bytes()
  }

  #open(): OpenQueue {
    const opened = this.#openOnce()
    opened.queue.on('error', this.#onError)
    opened.queue.waitUntilReady().catch((err: Error) => this.#replace(opened, err))
    return opened
  }

  async #replace(failed: OpenQueue, err: Error): Promise<void> {
    if (this.#closing.signal.aborted) return
    this.#onError(err)
    await withDeadline(failed[Symbol.asyncDispose](), CLOSE_DEADLINE_MS)
    await delay(REOPEN_MS, undefined, { signal: this.#closing.signal }).catch(() => undefined)
    if (!this.#closing.signal.aborted) this.#current = this.#open()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#current[Symbol.asyncDispose]()
  }
}
