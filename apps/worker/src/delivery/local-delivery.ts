import type { LocalDelivery } from '@posthorn/core'
import type { Capacity } from './capacity.ts'
import type { DeliveryRunner } from './delivery-runner.ts'
import type { PauseWatch } from './pause-watch.ts'

export interface LocalDeliveryContext {
  readonly workerId: string
  readonly leaseSeconds: number
  readonly capacity: Capacity
  readonly pause: Pick<PauseWatch, 'isPaused'>
  readonly runner: DeliveryRunner
  readonly nudge: () => void
}

/** Closed, or while deliveries are paused, it reserves nothing: what is published waits for whoever sweeps next. */
export function createLocalDelivery(ctx: LocalDeliveryContext): LocalDelivery & { close(): void } {
  let isClosed = false
  return {
    workerId: ctx.workerId,
    leaseSeconds: ctx.leaseSeconds,
    reserve: ({ id, host }) =>
      isClosed || ctx.pause.isPaused ? 'time' : ctx.capacity.reserve({ endpointId: id, host }),
    cancel: ({ id, host }) => ctx.capacity.release({ endpointId: id, host }, null),
    accept: (deliveries, leasedAtMs) => ctx.runner.run(deliveries, leasedAtMs),
    nudge: ctx.nudge,
    close: () => {
      isClosed = true
    },
  }
}
