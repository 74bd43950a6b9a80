import type { ClaimedDelivery } from '@posthorn/core'
import { type Database, type TakenRow, takeTurns } from '@posthorn/db'
import type { Clock } from '@posthorn/runtime'
import type { Capacity, Place } from './capacity.ts'
import { type DeliveryRunner, placeOf, type PlannedDelivery } from './delivery-runner.ts'
import type { PauseWatch } from './pause-watch.ts'

export interface LanesContext {
  readonly clock: Clock
  readonly db: Database
  readonly capacity: Capacity
  readonly pause: Pick<PauseWatch, 'isPaused'>
  readonly runner: DeliveryRunner
  readonly workerId: string
  readonly leaseSeconds: number
}

type Taken = TakenRow & ClaimedDelivery

const HORIZON_SECONDS = 1.5
const TIMER_MS = 10
/** Less than the lead that a paced lane's next turn has on its first free slot (take-turns.ts). */
const ROUND_MS = 1_000
/** While much waits for a turn or for a place, and for that long afterwards. */
const PRESSED_ROUND_MS = 100
const PRESSED_MS = 1_000
const GO_ON_MS = 5
const FINE_SPACING_MS = 1
/** Few enough wait for their record then that a crash repeats ten at most. */
const SLOW_SPACING_MS = 100
const PROBE_SECONDS = 30

/**
 * Lets deliveries go that wait for their endpoint's turn: paced, probed or over a cap. One statement a
 * round, whatever the backlog. Answers how many it took.
 */
export class Lanes {
  readonly #ctx: LanesContext
  #pressedAtMs = Number.NEGATIVE_INFINITY
  /** Who was to have a place has nothing to send, and others wait for it. */
  #isToGoOn = false
  /** The last round took from endpoints whose host, known only then, was full: of the next ones one tells enough. */
  #metFullHost = false

  constructor(ctx: LanesContext) {
    this.#ctx = ctx
  }

  /** Milliseconds until the next round, unless somebody nudges: what another process brings waits that long. */
  get nextRoundMs(): number {
    if (this.#isToGoOn) return GO_ON_MS
    const isPressed = performance.now() - this.#pressedAtMs < PRESSED_MS
    return isPressed ? PRESSED_ROUND_MS : ROUND_MS
  }

  async runOnce(): Promise<number> {
    const { db, capacity, pause, runner, workerId, leaseSeconds } = this.#ctx
    if (capacity.free === 0 || pause.isPaused) return 0
    const takenAtMs = performance.now()
    const seconds = leaseSeconds + HORIZON_SECONDS
    const { free } = capacity
    const { busy, full } = capacity.laneRooms()
    const rows = await takeTurns(
      db.hot,
      {
        horizonSeconds: HORIZON_SECONDS,
        probeSeconds: PROBE_SECONDS,
        room: free,
        endpointRoom: this.#metFullHost ? 1 : capacity.endpointShare,
        busy,
        full,
      },
      { worker: workerId, seconds },
    )
    const taken = rows.length === 0 ? [] : await runner.load(rows)
    // Where this worker had no room left, some were passed over.
    const served = new Set(taken.map(({ endpoint }) => endpoint.id))
    this.#isToGoOn = rows.length < free && capacity.settleLanes(busy, served)
    const refused = this.#start(taken, takenAtMs)
    this.#metFullHost = refused.length > 0
    if (this.#metFullHost) this.#pressedAtMs = performance.now()
    await runner.giveBack(refused, 'turn_again')
    return rows.length
  }

  /** Answers those whose host has no room. */
  #start(taken: readonly Taken[], takenAtMs: number): readonly Taken[] {
    const { capacity, runner } = this.#ctx
    const { begun = [], refused = [] } = Object.groupBy(taken, (delivery) =>
      capacity.takeLeased(placeOf(delivery)) ? 'begun' : 'refused',
    )
    const last = new Map(begun.map((delivery) => [delivery.endpoint.id, delivery]))
    const planned = begun.map((delivery): PlannedDelivery => {
      const place = placeOf(delivery)
      const { startsAtMs, spacingMs } = delivery
      if (isPressed(spacingMs) || capacity.room(place) === 0) this.#press(place)
      if (spacingMs === null) {
        return { delivery, startAtMs: takenAtMs, latestStartMs: Infinity, isSlow: false }
      }
      const startAtMs = this.#monotonic(startsAtMs)
      const latestStartMs = startAtMs + lateness(spacingMs)
      const isSlow = spacingMs >= SLOW_SPACING_MS && last.get(delivery.endpoint.id) !== delivery
      return { delivery, startAtMs, latestStartMs, isSlow }
    })
    runner.runLater(planned, takenAtMs)
    return refused
  }

  #press({ endpointId }: Place): void {
    this.#pressedAtMs = performance.now()
    this.#ctx.capacity.markCrowded(endpointId)
  }

  // By the clock that all workers share: how long the statement took to answer must not shift a slot.
  #monotonic(atMs: number): number {
    return performance.now() + atMs - this.#ctx.clock.nowMs()
  }
}

// What comes slower than the rounds is planned ahead by each of them: its next turn comes by the clock.
function isPressed(spacingMs: number | null): boolean {
  return spacingMs === null || spacingMs < PRESSED_ROUND_MS
}

// Half a slot: two workers that are both late by that much still keep to the rate. Above a thousand a
// second an ordinary batch takes longer than many slots: there the rate holds over seconds, not within one.
function lateness(spacingMs: number): number {
  return spacingMs < FINE_SPACING_MS ? HORIZON_SECONDS * 1_000 : Math.max(spacingMs / 2, TIMER_MS)
}
