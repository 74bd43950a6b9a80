import type { Database } from '@posthorn/db'
import { freeQueuedLeases } from '@posthorn/db/queued-lease'
import { rescueLeases } from '@posthorn/db/sweep'
import type { DeliveryRunner } from '../delivery/delivery-runner.ts'

export interface LeaseRescueContext {
  readonly db: Database
  readonly runner: Pick<DeliveryRunner, 'settleLost'>
  readonly workerId: string
  readonly leaseSeconds: number
}

const LEASES_PER_ROUND = 10
/** A commit's each, of 250 deliveries at most. */
const QUEUED_LEASES_PER_ROUND = 50

/** Takes over what dead, frozen or cut-off workers held, and records each as a lost attempt. Answers how many. */
export async function rescueOnce(ctx: LeaseRescueContext): Promise<number> {
  const lease = { worker: ctx.workerId, seconds: ctx.leaseSeconds }
  const rows = await rescueLeases(ctx.db.hot, LEASES_PER_ROUND, lease)
  await ctx.runner.settleLost(rows)
  return rows.length
}

/** Makes due what no job was taken for in time. Answers how many leases that were. */
export async function freeOnce({ hot }: Pick<Database, 'hot'>): Promise<number> {
  let [freed, last] = [0, 0]
  do {
    last = await freeQueuedLeases(hot, QUEUED_LEASES_PER_ROUND)
    freed += last
  } while (last === QUEUED_LEASES_PER_ROUND)
  return freed
}
