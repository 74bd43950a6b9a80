import type { LocalDelivery } from '@posthorn/core'
import type { Capacity } from './capacity.ts'
import type { DeliveryRunner } from './delivery-runner.ts'

export interface LocalDeliveryContext {
  readonly workerId: string
  readonly leaseSeconds: number
  readonly capacity: Capacity
  readonly runner: DeliveryRunner
  readonly nudge: () => void
}

/** Once closed, nothing is reserved any more: what is published then waits for whoever sweeps next. */
export function createLocalDelivery(ctx: LocalDeliveryContext): LocalDelivery & { close(): void } {
  let isClosed = false
  return {
    workerId: ctx.workerId,
    leaseSeconds: ctx.leaseSeconds,
    reserve: ({ id, host }) => (isClosed ? 'time' : ctx.capacity.reserve({ endpointId: id, host })),
    cancel: ({ id, host }) => ctx.capacity.release({ endpointId: id, host }, null),
    accept: (deliveries, leasedAtMs) => ctx.runner.run(deliveries, leasedAtMs),
    nudge: ctx.nudge,
    close: () => {
      isClosed = true
    },
  }
}
