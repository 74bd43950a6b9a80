import {
  type ClaimedDelivery,
  type EndpointDirectory,
  type LeaseLedger,
  traceOfUnsent,
} from '@posthorn/core'
import type { ClaimedRow } from '@posthorn/db'
import type { ReleaseTo, RescuedRow } from '@posthorn/db/sweep'
import { newId } from '@posthorn/runtime'
import type { Capacity, Place } from './capacity.ts'
import { deliver, type DeliveryContext, settle } from './deliver.ts'

export interface RunnerContext extends DeliveryContext {
  readonly capacity: Capacity
  readonly directory: EndpointDirectory
  readonly ledger: LeaseLedger
  readonly leaseSeconds: number
  /** Lets go of deliveries that were not begun. */
  readonly letGo: (deliveries: readonly ClaimedDelivery[], to: ReleaseTo) => Promise<void>
  readonly onError: (err: unknown) => void
}

/** A delivery that starts at a moment of this process's monotonic clock. */
export interface PlannedDelivery {
  readonly delivery: ClaimedDelivery
  readonly startAtMs: number
  /** Later than this it is somebody else's slot: the delivery goes back for another one. */
  readonly latestStartMs: number
  /** More of its endpoint's turn follow, slowly: it may be recorded with them. */
  readonly isSlow: boolean
}

const SLICE = 16

const WITHOUT_MESSAGE = {
  eventType: '',
  payload: null,
  contentType: null,
  payloadForm: null,
} as const

/** Carries out what this process has leased. Every delivery that it is to run has its place in the capacity. */
export class DeliveryRunner {
  readonly #ctx: RunnerContext

  constructor(ctx: RunnerContext) {
    this.#ctx = ctx
  }

  run(deliveries: readonly ClaimedDelivery[], leasedAtMs: number): void {
    this.#register(deliveries)
    this.#runInSlices(deliveries, leasedAtMs)
  }

  // Not all in one turn of the event loop: publishers in the same process are answered first, and what they send
  // next is read and written while this batch is sent.
  #runInSlices(deliveries: readonly ClaimedDelivery[], leasedAtMs: number): void {
    setImmediate(() => {
      for (const delivery of deliveries.slice(0, SLICE)) void this.#runOne(delivery, leasedAtMs)
      if (deliveries.length > SLICE) this.#runInSlices(deliveries.slice(SLICE), leasedAtMs)
    })
  }

  runLater(planned: readonly PlannedDelivery[], leasedAtMs: number): void {
    this.#register(planned.map((one) => one.delivery))
    for (const one of planned) {
      const waitMs = one.startAtMs - performance.now()
      if (waitMs <= 0) void this.#runInTime(one, leasedAtMs)
      else setTimeout(() => void this.#runInTime(one, leasedAtMs), waitMs)
    }
  }

  async #runInTime(planned: PlannedDelivery, leasedAtMs: number): Promise<void> {
    const { delivery, latestStartMs } = planned
    if (performance.now() <= latestStartMs) {
      return this.#runOne(delivery, leasedAtMs, () => this.#mayWait(planned))
    }
    await this.#letGo([delivery], 'time')
    this.#ctx.capacity.release(placeOf(delivery), null)
  }

  /** For what there turned out to be no place for: no attempt is spent. */
  async giveBack(deliveries: readonly ClaimedDelivery[], to: ReleaseTo): Promise<void> {
    if (deliveries.length === 0) return
    this.#register(deliveries)
    await this.#letGo(deliveries, to)
  }

  async #letGo(deliveries: readonly ClaimedDelivery[], to: ReleaseTo): Promise<void> {
    const tokens = deliveries.map((delivery) => delivery.leaseToken)
    try {
      await this.#ctx.letGo(deliveries, to)
      this.#ctx.ledger.settle(tokens)
    } catch (err) {
      for (const token of tokens) this.#ctx.ledger.abandon(token)
      this.#ctx.onError(err)
    }
  }

  /** Records what dead workers left behind; nothing is sent for it now. */
  async settleLost(rows: readonly RescuedRow[]): Promise<void> {
    const deliveries = await this.load(rows.map((row) => ({ ...row, ...WITHOUT_MESSAGE })))
    this.#register(deliveries)
    await Promise.all(
      deliveries.map((delivery) =>
        settle(this.#ctx, {
          id: newId('atmpt_', this.#ctx.clock.nowMs()),
          delivery,
          outcome: { kind: 'lost' },
          trace: traceOfUnsent(delivery.lostBy),
        }),
      ),
    )
  }

  /** Puts claimed rows and their endpoints together. */
  async load<Row extends ClaimedRow>(rows: readonly Row[]): Promise<(Row & ClaimedDelivery)[]> {
    const wanted = rows.map((row) => ({ endpointId: row.endpointId, version: row.endpointVersion }))
    const endpoints = await this.#ctx.directory.load(wanted)
    return rows.flatMap((row) => {
      const endpoint = endpoints.get(row.endpointId)
      return endpoint === undefined
        ? []
        : [{ ...row, endpoint, attemptNumber: row.attemptCount + 1 }]
    })
  }

  #register(deliveries: readonly ClaimedDelivery[]): void {
    for (const delivery of deliveries) this.#ctx.ledger.add(delivery.leaseToken, 1)
  }

  // Not where the place that it holds until its record is one that others wait for.
  #mayWait({ delivery, isSlow }: PlannedDelivery): boolean {
    return isSlow && this.#ctx.capacity.room(placeOf(delivery)) > 0
  }

  async #runOne(
    delivery: ClaimedDelivery,
    leasedAtMs: number,
    mayWait?: () => boolean,
  ): Promise<void> {
    let tookMs: number | null = null
    try {
      if (this.#isTooLate(leasedAtMs)) this.#ctx.ledger.abandon(delivery.leaseToken)
      else tookMs = sendingTime(await deliver(this.#ctx, delivery, mayWait))
    } catch (err) {
      this.#ctx.ledger.abandon(delivery.leaseToken)
      this.#ctx.onError(err)
    } finally {
      this.#ctx.capacity.release(placeOf(delivery), tookMs)
    }
  }

  // A process that was frozen must not send what the sweep may have given to another.
  #isTooLate(leasedAtMs: number): boolean {
    const { leaseSeconds, settings } = this.#ctx
    return performance.now() - leasedAtMs > leaseSeconds * 1000 - settings.timeoutMs
  }
}

function sendingTime(outcome: Awaited<ReturnType<typeof deliver>>): number | null {
  return 'timing' in outcome ? (outcome.timing?.totalMs ?? null) : null
}

export function placeOf({ endpoint }: ClaimedDelivery): Place {
  return { endpointId: endpoint.id, host: endpoint.host }
}
