import type { ClaimedDelivery } from './claimed-delivery.ts'
import type { SendableEndpoint } from './sendable-endpoint.ts'

/**
 * The worker in this very process, as the publisher sees it: what it has room for is leased by the insert
 * and handed over in memory, without a queue in between. If the process dies, the lease runs out and the
 * sweep takes over.
 */
export interface LocalDelivery {
  readonly workerId: string
  readonly leaseSeconds: number
  /**
   * Takes a place for one delivery.
   * `lease`: there is room. `turn`: the endpoint is over its cap. `time`: the worker is full.
   */
  reserve(endpoint: SendableEndpoint): 'lease' | 'turn' | 'time'
  /** Gives a reserved place back: its delivery was not stored, or not leased. */
  cancel(endpoint: SendableEndpoint): void
  /** Sends what was stored under this lease, in the places reserved for it. `leasedAtMs`: monotonic. */
  accept(deliveries: readonly ClaimedDelivery[], leasedAtMs: number): void
  /** A lane has something new. */
  nudge(): void
}
