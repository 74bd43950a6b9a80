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
function gather<Item>(
  weigh: (item: Item) => number,
  run: (items: readonly Item[]) => Promise<void>,
): GroupCommit<Item, null> {
  return new GroupCommit({
    ...LIMITS,
    commit: async (items) => {
      await run(items)
      return items.map(() => null)
    },
    weigh,
    mayBlameOneItem: () => false,
  })
}

/**
 * Claims deliveries by id, or takes over what is leased to the queue. What several jobs bring while a claim is under
 * way is claimed together. What there is no room for goes back before the job ends. An endpoint's host is known once it
 * was sent to; where it turns out to be full only then, the delivery goes to its lane unsent. While deliveries are
 * paused a job ends with nothing claimed: its rows are due, or will be when the queue's lease ends, and the sweep feeds
 * them once they are resumed.
 */
export class Claimer implements AsyncDisposable {
  readonly #ctx: ClaimerContext
  readonly #claims: GroupCommit<readonly DeliveryRef[], null>
  readonly #takes: GroupCommit<QueuedLease, null>

  constructor(ctx: ClaimerContext) {
    this.#ctx = ctx
    this.#claims = gather(
      (refs) => refs.length,
      (batches) => this.#claim(batches.flat()),
    )
    this.#takes = gather(
      ({ deliveries }) => deliveries,
      (leases) => this.#take(leases),
    )
  }

  async claim(refs: readonly DeliveryRef[]): Promise<void> {
    await this.#ctx.capacity.whenFree()
    await this.#claims.add(refs)
  }

  /** All that a lease holds, as it was committed. */
  async take(lease: QueuedLease): Promise<void> {
    await this.#ctx.capacity.whenFree()
    await this.#takes.add(lease)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#claims[Symbol.asyncDispose]()
    await this.#takes[Symbol.asyncDispose]()
  }

  async #take(leases: readonly QueuedLease[]): Promise<void> {
    const { db, capacity, pause, runner, workerId, leaseSeconds, queue, onUnclaimed } = this.#ctx
    if (pause.isPaused) return
    const { fitting, rest } = upTo(capacity.free, leases)
    for (const lease of rest) queue.dispatchLease(lease)
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
  }

  async #claim(refs: readonly DeliveryRef[]): Promise<void> {
    const { db, capacity, pause, runner, workerId, leaseSeconds, queue, onUnclaimed } = this.#ctx
    if (pause.isPaused) return
    const planned = this.#plan(refs)
    if (planned.rest.length > 0) queue.dispatch(planned.rest)
    if (planned.wanted.length === 0) return
    const leasedAtMs = performance.now()
    const reserved = new Reservations(capacity, planned.places)
    try {
      const lease = { worker: workerId, seconds: leaseSeconds }
      const rows = await claimDeliveries(db.hot, planned.wanted, lease)
      if (rows.length < planned.places.length) onUnclaimed()
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

  #plan(refs: readonly DeliveryRef[]) {
    const wanted: (DeliveryRef & { turn: boolean })[] = []
    const rest: DeliveryRef[] = []
    const places: Place[] = []
    for (const ref of refs) {
      const place = this.#ctx.capacity.placeOf(ref.endpointId)
      const start = this.#ctx.capacity.reserve(place)
      if (start === 'lease') places.push(place)
      if (start === 'time') rest.push(ref)
      else wanted.push({ ...ref, turn: start === 'turn' })
    }
    return { wanted, rest, places }
  }
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
function upTo(free: number, leases: readonly QueuedLease[]) {
  let left = free
  const fits = leases.findIndex(({ deliveries }) => (left -= deliveries) < 0)
  const count = fits === -1 ? leases.length : Math.max(1, fits)
  return { fitting: leases.slice(0, count), rest: leases.slice(count) }
}
