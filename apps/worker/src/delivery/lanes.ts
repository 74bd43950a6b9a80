import { type Database, type TakenRow, takeTurns } from '@posthorn/db'
import type { Capacity } from './capacity.ts'
import type { DeliveryRunner, PlannedDelivery } from './delivery-runner.ts'

export interface LanesContext {
  readonly db: Database
  readonly capacity: Capacity
  readonly runner: DeliveryRunner
  readonly workerId: string
  readonly leaseSeconds: number
}

const HORIZON_SECONDS = 1
const PROBE_SECONDS = 30

/**
 * Lets deliveries go that wait for their endpoint's turn: paced, probed or over a cap. One statement a
 * round, whatever the backlog. Answers how many it took.
 */
export class Lanes {
  readonly #ctx: LanesContext
  /** When the last paced attempt of an endpoint started, on the monotonic clock. */
  readonly #lastStarts = new Map<string, number>()

  constructor(ctx: LanesContext) {
    this.#ctx = ctx
  }

  async runOnce(): Promise<number> {
    const { db, capacity, runner, workerId, leaseSeconds } = this.#ctx
    if (capacity.free === 0) return 0
    const takenAtMs = performance.now()
    const seconds = leaseSeconds + HORIZON_SECONDS
    const rows = await takeTurns(
      db.hot,
      {
        horizonSeconds: HORIZON_SECONDS,
        probeSeconds: PROBE_SECONDS,
        room: capacity.free,
        endpointRoom: capacity.endpointShare,
        busy: capacity.busy(),
      },
      { worker: workerId, seconds },
    )
    if (rows.length === 0) return 0
    await this.#start(runner, rows, takenAtMs)
    return rows.length
  }

  async #start(
    runner: DeliveryRunner,
    rows: readonly TakenRow[],
    takenAtMs: number,
  ): Promise<void> {
    const deliveries = await runner.load(rows)
    const planned = deliveries.map((delivery): PlannedDelivery => {
      this.#ctx.capacity.take({ endpointId: delivery.endpoint.id, host: delivery.endpoint.host })
      this.#ctx.capacity.markCrowded(delivery.endpoint.id)
      return { delivery, startAtMs: this.#startAt(delivery, takenAtMs) }
    })
    runner.runLater(planned, takenAtMs)
    this.#forgetOld(takenAtMs)
  }

  // Spaced from the last start as it was planned here: a late round must not bunch what the rate spreads.
  #startAt(row: TakenRow, takenAtMs: number): number {
    if (row.spacingMs === null) return takenAtMs
    const earliest = (this.#lastStarts.get(row.endpointId) ?? 0) + row.spacingMs
    const startAtMs = Math.max(performance.now(), takenAtMs + row.startsInMs, earliest)
    this.#lastStarts.set(row.endpointId, startAtMs)
    return startAtMs
  }

  #forgetOld(nowMs: number): void {
    if (this.#lastStarts.size < 10_000) return
    for (const [endpointId, atMs] of this.#lastStarts)
      if (nowMs - atMs > 60_000) this.#lastStarts.delete(endpointId)
  }
}
