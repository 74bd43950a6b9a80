import { leaseTask, type TaskRow } from '@posthorn/db'
import type { CoreContext } from '../context.ts'

/** A slice takes well under a second; whoever dies in one delays its task by this much. */
const LEASE_SECONDS = 30

/** A running task that nobody is at, the one that waited longest; null when there is none. */
export function claimTask(ctx: Pick<CoreContext, 'db'>): Promise<TaskRow | null> {
  return leaseTask(ctx.db.prisma, LEASE_SECONDS)
}
