import type { Database, DeliveryRef } from '@posthorn/db'
import { type DueDelivery, findDueDeliveries } from '@posthorn/db/sweep'
import { type DeliveryQueue, MAX_WAITING_IDS } from '@posthorn/queue'
import type { Capacity } from '../delivery/capacity.ts'
import type { Claimer } from '../delivery/claimer.ts'
import type { PauseWatch } from '../delivery/pause-watch.ts'

export interface DueSweepContext {
  readonly db: Database
  readonly queue: Pick<DeliveryQueue, 'dispatch' | 'waitingIds'>
  readonly capacity: Capacity
  readonly pause: Pick<PauseWatch, 'isPaused'>
  readonly claimer: Pick<Claimer, 'claimNow'>
}

const PAGE = 1_000
/** How long what was put in the queue is left alone; afterwards it counts as dropped and is fed again. */
const TRUST_QUEUE_MS = 5_000
/** How far a look sees. What another process makes due sooner than that waits for the next look. */
export const MAX_LOOK_MS = 1_000
/** What comes due close together is fed together. */
const MIN_LOOK_MS = 100
/** Neither this worker nor the queue had room for all that is due. */
const FULL_LOOK_MS = 200

/**
 * Feeds what has come due: into this worker while it has room, else into the queue, which never holds
 * more than the near future. The same sweep finds what a crash, a flush or a lost job dropped.
 */
export class DueSweep {
  readonly #ctx: DueSweepContext
  readonly #queuedAtMs = new Map<string, number>()
  #nextLookMs = Infinity
  #sweptAtMs: number | null = null

  constructor(ctx: DueSweepContext) {
    this.#ctx = ctx
  }

  /** When there may be something to find again, in ms from the end of the last round. Infinity: nothing is in sight. */
  get nextLookMs(): number {
    return this.#nextLookMs
  }

  /** How long ago it last looked; null: not yet. */
  get sweptMsAgo(): number | null {
    return this.#sweptAtMs === null ? null : performance.now() - this.#sweptAtMs
  }

  /** Somebody else looked: whether this has to. With nothing in sight, that look was as good as one of its own. */
  isWanted(nextDueInMs: number | null): boolean {
    if (nextDueInMs !== null && nextDueInMs <= MAX_LOOK_MS) return true
    this.#sweptAtMs = performance.now()
    return false
  }

  /** Answers how many deliveries it fed: none while they are paused. */
  async runOnce(): Promise<number> {
    if (this.#ctx.pause.isPaused) return 0
    const limit = PAGE + this.#queuedAtMs.size
    const found = await findDueDeliveries(this.#ctx.db.hot, { limit, withinMs: MAX_LOOK_MS })
    this.#forgetOld()
    const fresh = found.filter((ref) => ref.inMs <= 0 && !this.#queuedAtMs.has(keyOf(ref)))
    const left = await this.#claim(fresh)
    const room = Math.max(0, MAX_WAITING_IDS - this.#ctx.queue.waitingIds())
    const fed = fresh.length - left.length + this.#enqueue(left.slice(0, room))
    this.#sweptAtMs = performance.now()
    this.#nextLookMs = fed < fresh.length ? FULL_LOOK_MS : untilNext(found)
    return fed
  }

  /** Answers what this worker has no room for. */
  async #claim(refs: readonly DeliveryRef[]): Promise<readonly DeliveryRef[]> {
    const { capacity, claimer } = this.#ctx
    const mine = refs.slice(0, capacity.free)
    const refused = mine.length > 0 ? await claimer.claimNow(mine) : []
    return [...refused, ...refs.slice(mine.length)]
  }

  #enqueue(refs: readonly DeliveryRef[]): number {
    if (refs.length === 0) return 0
    const nowMs = performance.now()
    const taken = this.#ctx.queue.dispatch(refs)
    for (const ref of refs.slice(0, taken)) this.#queuedAtMs.set(keyOf(ref), nowMs)
    return taken
  }

  #forgetOld(): void {
    const beforeMs = performance.now() - TRUST_QUEUE_MS
    for (const [key, atMs] of this.#queuedAtMs) {
      if (atMs > beforeMs) return
      this.#queuedAtMs.delete(key)
    }
  }
}

function untilNext(found: readonly DueDelivery[]): number {
  const next = found.find(({ inMs }) => inMs > 0)
  return next === undefined ? Infinity : Math.max(MIN_LOOK_MS, next.inMs)
}

function keyOf(ref: DeliveryRef): string {
  return `${ref.messageId}/${ref.endpointId}/${ref.trigger}`
}
