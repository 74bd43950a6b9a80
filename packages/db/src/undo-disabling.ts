import type { Transaction } from './database.ts'
import { type DisablingKey, disablingMark } from './disabling-mark.ts'
import { preferIndexes } from './endpoint.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'

const STILL_CANCELED = Prisma.sql`status = 'canceled' AND cause = 'endpoint_disabled'`

/** What is still canceled of it, counted up to a bound. */
export async function countCanceledBy(
  db: PrismaClient | Transaction,
  disabling: DisablingKey,
  countAtMost: number,
): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM delivery WHERE task_id = ${disablingMark(disabling)} AND ${STILL_CANCELED} LIMIT ${countAtMost}) d`
  return rows[0]?.count ?? 0
}

/**
 * Goes on with what is still canceled of it, at once: each where its schedule was. Rows that somebody holds are
 * passed over. Updated by ctid where they were locked: no run-time pruning beside a row lock (see hot/week.ts).
 */
export async function resumeCanceledBy(
  tx: Transaction,
  disabling: DisablingKey,
  { actor, limit }: { readonly actor: string; readonly limit: number },
): Promise<number> {
  await preferIndexes(tx)
  return tx.$executeRaw`
    WITH canceled AS MATERIALIZED (
      SELECT ctid AS row, tableoid AS part FROM delivery
       WHERE task_id = ${disablingMark(disabling)} AND endpoint_id = ${disabling.endpointId} AND ${STILL_CANCELED}
       LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE delivery d
       SET status = 'pending', wait = 'time', next_attempt_at = now(), cause = NULL, task_id = NULL,
           actor = CASE WHEN d.trigger = 'manual' THEN ${actor} END
      FROM canceled c
     WHERE d.ctid = c.row AND d.tableoid = c.part`
}
