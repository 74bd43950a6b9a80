import type { Transaction } from './database.ts'
import { type DisablingKey, disablingMark } from './disabling-mark.ts'
import { preferIndexes } from './endpoint.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import { groupByWeek } from './hot/week.ts'

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

/** Ids that what was in flight at a disabling has: of its attempts, or of messages whose first was about to be made. */
export interface InFlightThen {
  readonly attempts: { readonly from: string; readonly before: string }
  readonly messages: { readonly from: string; readonly before: string }
  readonly limit: number
}

/** What was on its way as it was disabled and is canceled since: no disabling could mark that. */
export async function listCanceledInFlight(
  db: PrismaClient | Transaction,
  endpointId: string,
  { attempts, messages, limit }: InFlightThen,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ messageId: string }[]>`
    SELECT d.message_id AS "messageId"
      FROM (SELECT message_id FROM attempt
             WHERE endpoint_id = ${endpointId} AND id >= ${attempts.from} AND id < ${attempts.before}
             UNION
            SELECT message_id FROM delivery
             WHERE endpoint_id = ${endpointId} AND message_id >= ${messages.from} AND message_id < ${messages.before}
           ) met
      JOIN delivery d ON d.message_id = met.message_id AND d.endpoint_id = ${endpointId} AND d.trigger = 'scheduled'
     WHERE ${STILL_CANCELED} AND d.task_id IS NULL
     ORDER BY d.message_id LIMIT ${limit}`
  return rows.map((row) => row.messageId)
}

/** The partition is named (see hot/week.ts). */
export async function resumeDelivery(
  tx: Transaction,
  delivery: { readonly messageId: string; readonly endpointId: string },
): Promise<number> {
  const [week = ''] = groupByWeek([delivery]).keys()
  return tx.$executeRaw`
    UPDATE ${Prisma.raw(`delivery_${week}`)}
       SET status = 'pending', wait = 'time', next_attempt_at = now(), cause = NULL
     WHERE message_id = ${delivery.messageId} AND endpoint_id = ${delivery.endpointId}
       AND trigger = 'scheduled' AND ${STILL_CANCELED} AND task_id IS NULL`
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
