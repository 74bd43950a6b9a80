import type { Database } from '@posthorn/db'
import { rescueLeases } from '@posthorn/db/sweep'
import type { DeliveryRunner } from '../delivery/delivery-runner.ts'

export interface LeaseRescueContext {
  readonly db: Database
  readonly runner: Pick<DeliveryRunner, 'settleLost'>
  readonly workerId: string
  readonly leaseSeconds: number
}

const LEASES_PER_ROUND = 10

/** Takes over what dead, frozen or cut-off workers held, and records each as a lost attempt. Answers how many. */
export async function rescueOnce(ctx: LeaseRescueContext): Promise<number> {
  const lease = { worker: ctx.workerId, seconds: ctx.leaseSeconds }
  const rows = await rescueLeases(ctx.db.hot, LEASES_PER_ROUND, lease)
  await ctx.runner.settleLost(rows)
  return rows.length
}
