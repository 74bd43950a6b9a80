import type { Database, Transaction } from './database.ts'
import { preferIndexes } from './endpoint.ts'
import { Prisma } from './generated/client.ts'
import { groupByWeek } from './hot/week.ts'

export interface RetriedDelivery {
  readonly appId: string
  readonly messageId: string
  readonly endpointId: string
}

/**
 * Makes the scheduled retry due that waits for its time; false if none does. What somebody claimed, what waits
 * for its endpoint's turn and what was never attempted are left alone. The partition is named (see hot/week.ts).
 */
export async function retryNow(tx: Transaction, delivery: RetriedDelivery): Promise<boolean> {
  const [week = ''] = groupByWeek([delivery]).keys()
  const partition = Prisma.raw(`delivery_${week}`)
  const changed = await tx.$executeRaw`
    UPDATE ${partition} SET next_attempt_at = now()
     WHERE message_id = ${delivery.messageId} AND endpoint_id = ${delivery.endpointId}
       AND trigger = 'scheduled' AND app_id = ${delivery.appId}
       AND status = 'pending' AND wait = 'time' AND attempt_count > 0 AND next_attempt_at > now()`
  return changed > 0
}

export interface RetriedEndpoint {
  readonly appId: string
  readonly endpointId: string
  readonly afterMessageId: string
  readonly beforeMessageId: string
  /** Empty: all. */
  readonly eventTypes: readonly string[]
  readonly limit: number
}

/**
 * The same for the messages of a time at one endpoint; answers how many. Rows that somebody holds are passed over,
 * never waited for. Updated by ctid where they were locked, and the ids compared so that no partition is pruned at
 * run time beside a row lock (see hot/week.ts); for that reason the types are looked up before.
 */
export async function retryEndpointNow(tx: Transaction, asked: RetriedEndpoint): Promise<number> {
  await preferIndexes(tx)
  const meant = asked.eventTypes.length === 0 ? null : await findWaitingOfTypes(tx, asked)
  if (meant?.length === 0) return 0
  const isMeant =
    meant === null ? Prisma.empty : Prisma.sql`AND message_id || '' = ANY (${meant}::text[])`
  return tx.$executeRaw`
    WITH waiting AS MATERIALIZED (
      SELECT ctid AS row, tableoid AS part FROM delivery
       WHERE ${waitsAt(asked)} ${isMeant}
       LIMIT ${asked.limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE delivery d SET next_attempt_at = now()
      FROM waiting w WHERE d.ctid = w.row AND d.tableoid = w.part`
}

function waitsAt(asked: RetriedEndpoint): Prisma.Sql {
  return Prisma.sql`
    endpoint_id = ${asked.endpointId} AND wait = 'time' AND next_attempt_at > now()
    AND app_id = ${asked.appId} AND trigger = 'scheduled' AND attempt_count > 0
    AND message_id || '' > ${asked.afterMessageId}
    AND message_id || '' < ${asked.beforeMessageId}`
}

async function findWaitingOfTypes(tx: Transaction, asked: RetriedEndpoint): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT d.message_id AS id FROM delivery d
     WHERE ${waitsAt(asked)} AND (SELECT true FROM message m
             WHERE m.app_id = ${asked.appId} AND m.id = d.message_id
               AND m.event_type = ANY (${[...asked.eventTypes]}::text[]) LIMIT 1) IS NOT NULL
     LIMIT ${asked.limit}`
  return rows.map((row) => row.id)
}

/** Those of the endpoints at which a retry waits for its time: most of many have none. */
export async function findRetryingEndpoints(
  { prisma }: Database,
  endpointIds: readonly string[],
): Promise<Set<string>> {
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM unnest(${[...endpointIds]}::text[]) e (id)
     WHERE (SELECT true FROM delivery
             WHERE endpoint_id = e.id AND wait = 'time' AND next_attempt_at > now()
               AND trigger = 'scheduled' AND attempt_count > 0
             LIMIT 1) IS NOT NULL`
  return new Set(rows.map((row) => row.id))
}
