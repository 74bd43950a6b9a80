import { OverloadedError } from '@posthorn/core'
import { type AwaitedReply, findReplies, type Reply, REPLY_MS } from '@posthorn/core/ingest'
import type { Database } from '@posthorn/db'

const MAX_WAITING = 2_000
/** As many as may call within the time that one waits, so that the others always find a place. */
const MAX_OF_SOURCE = 300
const TICK_MS = 100
/** What was announced and not heard is found then; what endpoints answer, which isn't, at each tick. */
const TICKS_PER_LOOK = 10
/** Whoever asks at the same time is looked for together. */
const GATHER_MS = 2

interface Waiting extends AwaitedReply {
  untilMs: number
  readonly settle: (reply: Reply | null) => void
}

/** A place among those who wait, taken before the message is stored. */
export interface WaitingPlace extends Disposable {
  /** Null: there is no reply in time. */
  wait(awaited: AwaitedReply): Promise<Reply | null>
}

/** Callers who wait for a reply to their message, made in whichever process. */
export class Replies implements AsyncDisposable {
  readonly #db: Pick<Database, 'hot'>
  #waitMs: number
  readonly #waiting = new Set<Waiting>()
  readonly #due = new Set<Waiting>()
  readonly #placesOf = new Map<string, number>()
  #places = 0
  #ticks = 0
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | null = null
  #isClosed = false

  constructor(db: Pick<Database, 'hot'>, waitMs = REPLY_MS) {
    this.#db = db
    this.#waitMs = waitMs
  }

  /** @throws {OverloadedError} too many wait already */
  enter(sourceId: string): WaitingPlace {
    const ofSource = this.#placesOf.get(sourceId) ?? 0
    if (this.#places >= MAX_WAITING || ofSource >= MAX_OF_SOURCE)
      throw new OverloadedError('Too many wait for a reply.')
    this.#places++
    this.#placesOf.set(sourceId, ofSource + 1)
    return {
      wait: (awaited) => this.#wait(awaited),
      [Symbol.dispose]: () => this.#leave(sourceId),
    }
  }

  /** A reply was made. */
  notice(messageId: string): void {
    this.#lookFor([...this.#waiting].filter((waiting) => waiting.messageId === messageId))
  }

  /** Replies may have been made unheard. */
  noticeAll(): void {
    this.#lookFor(this.#waiting)
  }

  /** From here on nobody waits longer than this. */
  hurry(waitMs: number): void {
    this.#waitMs = Math.min(this.#waitMs, waitMs)
    const endMs = performance.now() + waitMs
    for (const waiting of this.#waiting) waiting.untilMs = Math.min(waiting.untilMs, endMs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    for (const waiting of this.#waiting) this.#settle(waiting, null)
    await this.#looking
  }

  #leave(sourceId: string): void {
    const rest = (this.#placesOf.get(sourceId) ?? 1) - 1
    this.#places--
    if (rest > 0) this.#placesOf.set(sourceId, rest)
    else this.#placesOf.delete(sourceId)
  }

  #wait(awaited: AwaitedReply): Promise<Reply | null> {
    if (this.#isClosed) return Promise.resolve(null)
    return new Promise((settle) => {
      const waiting = { ...awaited, untilMs: performance.now() + this.#waitMs, settle }
      this.#waiting.add(waiting)
      this.#timer ??= setInterval(() => this.#tick(), TICK_MS)
      // It may have been made before anybody waited.
      this.#lookFor([waiting])
    })
  }

  #tick(): void {
    const isLook = ++this.#ticks % TICKS_PER_LOOK === 0
    const nowMs = performance.now()
    this.#lookFor(
      [...this.#waiting].filter(
        ({ endpointId, untilMs }) => isLook || endpointId !== undefined || untilMs <= nowMs,
      ),
    )
  }

  #lookFor(those: Iterable<Waiting>): void {
    for (const one of those) this.#due.add(one)
    if (this.#due.size > 0) this.#looking ??= this.#look()
  }

  async #look(): Promise<void> {
    while (this.#due.size > 0) {
      await new Promise((resolve) => {
        setTimeout(resolve, GATHER_MS)
      })
      const due = [...this.#due]
      this.#due.clear()
      await this.#lookOnce(due)
    }
    this.#looking = null
  }

  // A store that is away is no reply: it is looked for again until the time is over.
  async #lookOnce(due: readonly Waiting[]): Promise<void> {
    const found = await findReplies({ db: this.#db }, due).catch(() => new Map<string, Reply>())
    const nowMs = performance.now()
    for (const one of due) {
      const reply = found.get(one.messageId) ?? null
      if (reply !== null || one.untilMs <= nowMs) this.#settle(one, reply)
    }
  }

  #settle(waiting: Waiting, reply: Reply | null): void {
    this.#waiting.delete(waiting)
    this.#due.delete(waiting)
    if (this.#waiting.size === 0) {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
    waiting.settle(reply)
  }
}
