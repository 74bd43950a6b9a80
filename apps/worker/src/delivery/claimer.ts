import { claimDeliveries, type Database, type DeliveryRef } from '@posthorn/db'
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
  readonly handBack: (refs: readonly DeliveryRef[]) => void
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

/**
 * Claims deliveries by id. What several jobs bring while a claim is under way is claimed together. Never
 * claims more than there is room for: the rest goes back before the job ends. An endpoint's host is known once it
 * was sent to; where it turns out to be full only then, the delivery goes to its lane unsent. While deliveries are
 * paused a job ends with nothing claimed: its rows stay due, and the sweep feeds them once they are resumed.
 */
export class Claimer implements AsyncDisposable {
  readonly #ctx: ClaimerContext
  readonly #group: GroupCommit<readonly DeliveryRef[], null>

  constructor(ctx: ClaimerContext) {
    this.#ctx = ctx
    this.#group = new GroupCommit({
      ...LIMITS,
      commit: async (batches) => {
        await this.#claim(batches.flat())
        return batches.map(() => null)
      },
      weigh: (refs) => refs.length,
      mayBlameOneItem: () => false,
    })
  }

  async claim(refs: readonly DeliveryRef[]): Promise<void> {
    await this.#ctx.capacity.whenFree()
    await this.#group.add(refs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#group[Symbol.asyncDispose]()
  }

  async #claim(refs: readonly DeliveryRef[]): Promise<void> {
    const { db, capacity, pause, runner, workerId, leaseSeconds, handBack, onUnclaimed } = this.#ctx
    if (pause.isPaused) return
    const planned = this.#plan(refs)
    if (planned.rest.length > 0) handBack(planned.rest)
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
      await runner.giveBack(refused)
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
