import { randomBytes } from 'node:crypto'

export type Message = { id: string; applicationId: number; endpointIds: number[]; payload: string }

/** A delivery that this process holds the lease of, with all that sending needs. */
export type ClaimedDelivery = { messageId: string; endpointId: number; payload: string }

// A pool of random hexadecimals saves a system call per id.
let pool = ''
let poolOffset = 0

/** Sorts by time, as wide as Posthorn's own ids. */
export function newBaselineId(prefix: string): string {
  if (poolOffset + 15 > pool.length) {
    pool = randomBytes(4096).toString('hex')
    poolOffset = 0
  }
  poolOffset += 15
  return (
    prefix + Date.now().toString(16).padStart(12, '0') + pool.slice(poolOffset - 15, poolOffset)
  )
}
