import type { Transaction } from './database.ts'
import type { PrismaClient } from './generated/client.ts'

export interface TaskOutcomes {
  readonly waiting: number
  readonly delivered: number
  readonly failed: number
  readonly canceled: number
  /** The counts are of the first ones only. */
  readonly isCapped: boolean
}

/** What became of the deliveries that a task sent on their way, of at most so many of them. */
export async function countTaskOutcomes(
  db: PrismaClient | Transaction,
  { taskId, countAtMost }: { readonly taskId: string; readonly countAtMost: number },
): Promise<TaskOutcomes> {
  const rows = await db.$queryRaw<(Omit<TaskOutcomes, 'isCapped'> & { total: number })[]>`
    SELECT count(*)::int AS total, count(*) FILTER (WHERE status = 'pending')::int AS waiting,
           count(*) FILTER (WHERE status = 'delivered')::int AS delivered,
           count(*) FILTER (WHERE status = 'failed')::int AS failed,
           count(*) FILTER (WHERE status = 'canceled')::int AS canceled
      FROM (SELECT status FROM delivery WHERE task_id = ${taskId} LIMIT ${countAtMost}) d`
  const { total = 0, waiting = 0, delivered = 0, failed = 0, canceled = 0 } = rows[0] ?? {}
  return { waiting, delivered, failed, canceled, isCapped: total >= countAtMost }
}
