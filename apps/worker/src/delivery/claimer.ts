import { claimDeliveries, type Database, type DeliveryRef } from '@posthorn/db'
import { takeQueuedLeases } from '@posthorn/db/queued-lease'
import type { DeliveryQueue, QueuedLease } from '@posthorn/queue'
import { GroupCommit } from '@posthorn/runtime'
import type { Capacity, Place } from './capacity.ts'
import { type DeliveryRunner, placeOf } from './delivery-runner.ts'
import type { PauseWatch } from './pause-watch.ts'

export interface ClaimerContext {
  readonly db: Database
  readonly capacity: Capacity
  readonly pause: Pick<PauseWatch, 'isPaused'>
  readonly runner: DeliveryRunner
  readonly workerId: string
  readonly leaseSeconds: number
  /** Takes what this worker has no room for. */
  readonly queue: Pick<DeliveryQueue, 'dispatch' | 'dispatchLease'>
  /** What there was room for could not be claimed: it may wait for its endpoint's turn. */
  readonly onUnclaimed: () => void
}

const LIMITS = {
  windowMs: 1,
  maxItems: 16,
  maxWeight: 1_000,
  maxWaitingItems: 1_000,
  maxWaitingWeight: 100_000,
  maxInFlight: 1,
}

/** What comes while a run is under way is run together. */
function gather<Item, Result>(
  weigh: (item: Item) => number,
  commit: (items: readonly Item[]) => Promise<readonly Result[]>,
): GroupCommit<Item, Result> {
  return new GroupCommit({ ...LIMITS, commit, weigh, mayBlameOneItem: () => false })
}

/** Within it most of what is in flight has ended; after it another worker may have more room. */
const HOLD_MS = 2_000

/**
 * Claims deliveries by id, or takes over what is leased to the queue. What several jobs bring while a claim is under
 * way is claimed together. What there is no room for waits for it with its job for a while, then goes back before the
 * job ends. An endpoint's host is known once it was sent to; where it turns out to be full only then, the delivery goes
 * to its lane unsent. While deliveries are paused a job ends with nothing claimed: its rows are due, or will be when the
 * queue's lease ends, and the sweep feeds them once they are resumed.
 */
export class Claimer implements AsyncDisposable {
  readonly #ctx: ClaimerContext
  readonly #claims: GroupCommit<readonly DeliveryRef[], readonly DeliveryRef[]>
  readonly #takes: GroupCommit<QueuedLease, boolean>
  #isClosed = false

  constructor(ctx: ClaimerContext) {
    this.#ctx = ctx
    this.#claims = gather(
      (refs) => refs.length,
      (batches) => this.#claim(batches),
    )
    this.#takes = gather(
      ({ deliveries }) => deliveries,
      (leases) => this.#take(leases),
    )
  }

  /** What there is room for now. Answers the rest. */
  claimNow(refs: readonly DeliveryRef[]): Promise<readonly DeliveryRef[]> {
    return this.#claims.add(refs)
  }

  async claim(refs: readonly DeliveryRef[]): Promise<void> {
    let left = refs
    await this.#hold(async () => {
      left = await this.claimNow(left)
      return left.length === 0
    })
    if (left.length > 0) this.#ctx.queue.dispatch(left)
  }

  /** All that a lease holds, as it was committed. */
  async take(lease: QueuedLease): Promise<void> {
    const isTaken = await this.#hold(() => this.#takes.add(lease))
    if (!isTaken) this.#ctx.queue.dispatchLease(lease)
  }

  /** Tries whenever there is room, until all is done or the time is over. */
  async #hold(tryOnce: () => Promise<boolean>): Promise<boolean> {
    const untilMs = performance.now() + HOLD_MS
    do {
      await this.#ctx.capacity.whenFree()
      if (await tryOnce()) return true
    } while (!this.#isClosed && performance.now() < untilMs)
    return false
  }

  /** What is held goes back as soon as it may. */
  close(): void {
    this.#isClosed = true
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#claims[Symbol.asyncDispose]()
    await this.#takes[Symbol.asyncDispose]()
  }

  /** Answers of each whether nothing of it is left to take. */
  async #take(leases: readonly QueuedLease[]): Promise<boolean[]> {
    const { db, capacity, pause, runner, workerId, leaseSeconds, onUnclaimed } = this.#ctx
    if (pause.isPaused) return leases.map(() => true)
    const fitting = leases.slice(0, howManyFit(capacity.free, leases))
    const leasedAtMs = performance.now()
    const by = { worker: workerId, seconds: leaseSeconds }
    const rows = await takeQueuedLeases(db.hot, fitting, by)
    const taken = await runner.load(rows)
    const {
      lease = [],
      turn = [],
      time = [],
    } = Object.groupBy(taken, (delivery) =>
      delivery.isInLane ? 'turn' : capacity.reserve(placeOf(delivery)),
    )
    runner.run(lease, leasedAtMs)
    await runner.giveBack(turn, 'turn')
    await runner.giveBack(time, 'time')
    if (turn.length > 0) onUnclaimed()
    return leases.map((_, at) => at < fitting.length)
  }

  async #claim(batches: readonly (readonly DeliveryRef[])[]): Promise<(readonly DeliveryRef[])[]> {
    if (this.#ctx.pause.isPaused) return batches.map(() => [])
    const planned = this.#plan(batches)
    if (planned.wanted.length > 0) await this.#lease(planned)
    return planned.rests
  }

  async #lease({ wanted, places }: Planned): Promise<void> {
    const { db, capacity, runner, workerId, leaseSeconds, onUnclaimed } = this.#ctx
    const leasedAtMs = performance.now()
    const reserved = new Reservations(capacity, places)
    try {
      const lease = { worker: workerId, seconds: leaseSeconds }
      const rows = await claimDeliveries(db.hot, wanted, lease)
      if (rows.length < places.length) onUnclaimed()
      const deliveries = await runner.load(rows)
      const { begun = [], refused = [] } = Object.groupBy(deliveries, (delivery) =>
        reserved.use(placeOf(delivery)) ? 'begun' : 'refused',
      )
      runner.run(begun, leasedAtMs)
      await runner.giveBack(refused, 'turn')
    } finally {
      reserved.releaseUnused()
    }
  }

  #plan(batches: readonly (readonly DeliveryRef[])[]): Planned {
    const wanted: (DeliveryRef & { turn: boolean })[] = []
    const places: Place[] = []
    const rests = batches.map((refs) =>
      refs.filter((ref) => {
        const place = this.#ctx.capacity.placeOf(ref.endpointId)
        const start = this.#ctx.capacity.reserve(place)
        if (start === 'lease') places.push(place)
        if (start !== 'time') wanted.push({ ...ref, turn: start === 'turn' })
        return start === 'time'
      }),
    )
    return { wanted, places, rests }
  }
}

interface Planned {
  readonly wanted: readonly (DeliveryRef & { readonly turn: boolean })[]
  /** Taken for as many of them as will be sent. */
  readonly places: readonly Place[]
  /** What there is no room for, of each batch. */
  readonly rests: (readonly DeliveryRef[])[]
}

/** Places taken before a claim, handed over to the deliveries that it really got. */
class Reservations {
  readonly #capacity: Capacity
  readonly #unused: Map<string, Place[]>

  constructor(capacity: Capacity, places: readonly Place[]) {
    this.#capacity = capacity
    this.#unused = Map.groupBy(places, (place) => place.endpointId)
  }

  /** False: its host, known only now, has no room. */
  use(place: Place): boolean {
    const reserved = this.#unused.get(place.endpointId)?.pop()
    if (reserved?.host === place.host) return true
    if (reserved !== undefined) this.#capacity.release(reserved, null)
    return this.#capacity.takeLeased(place)
  }

  releaseUnused(): void {
    for (const places of this.#unused.values())
      for (const place of places) this.#capacity.release(place, null)
    this.#unused.clear()
  }
}

/** One at least, so that who waits behind a great one is served: what there is no room for of it comes due at once. */
function howManyFit(free: number, leases: readonly QueuedLease[]): number {
  let left = free
  const fits = leases.findIndex(({ deliveries }) => (left -= deliveries) < 0)
  return fits === -1 ? leases.length : Math.max(1, fits)
}
