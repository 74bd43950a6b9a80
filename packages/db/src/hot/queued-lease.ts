import type pg from 'pg'
import { uuidArray } from './binary-array.ts'
import { type ClaimedRow, type ClaimLease, HELD_COLUMNS, SENT_COLUMNS } from './claimed-delivery.ts'
import { inHotTransaction } from './hot-transaction.ts'
import { loadBigMessages } from './load-messages.ts'
import { type HeldDelivery, releaseDeliveries } from './release-deliveries.ts'
import { groupByWeek, isDroppedWeek, weekExists } from './week.ts'

/**
 * A lease that the insert writes for whoever takes its job: what is published costs no claim of its own, as taking
 * the lease over changes one row, whatever it holds. Without a taker it runs out, and what it held comes due.
 */

/** In the place of a worker's id. */
export const IN_QUEUE = 'queue'

/** As long a job may wait in the queue; afterwards it counts as lost. */
export const QUEUED_LEASE_SECONDS = 5

export interface QueuedLease {
  readonly token: string
  /** One of its messages: all of them are of one week. */
  readonly messageId: string
}

export interface QueuedRow extends ClaimedRow {
  /** Its endpoint is in its lane: it has to wait for its turn. */
  readonly isInLane: boolean
}

/** Whoever takes a lease names the partition of what it holds. */
export function mayShareLease(rows: readonly { readonly messageId: string }[]): boolean {
  return groupByWeek(rows).size <= 1
}

/** What was under these leases and still is. Nobody else's job takes it afterwards. */
export async function takeQueuedLeases(
  pool: pg.Pool,
  leases: readonly QueuedLease[],
  by: ClaimLease,
): Promise<QueuedRow[]> {
  const taken: QueuedRow[] = []
  for (const [week, ofWeek] of groupByWeek(leases))
    taken.push(...(await takeOfWeek(pool, { week, leases: ofWeek, by })))
  return taken
}

interface WeekTake {
  readonly week: string
  readonly leases: readonly QueuedLease[]
  readonly by: ClaimLease
}

async function takeOfWeek(
  pool: pg.Pool,
  { week, leases, by }: WeekTake,
): Promise<readonly QueuedRow[]> {
  try {
    const { rows } = await pool.query<QueuedRow & { readonly isBig: boolean }>({
      name: `take_queued_${week}`,
      text: takeSql(week),
      values: [uuidArray(leases.map(({ token }) => token)), by.worker, by.seconds],
    })
    return await loadBigMessages(pool, rows)
  } catch (err) {
    if (isDroppedWeek(err)) return []
    throw err
  }
}

// Arrays and OFFSET 0, no joins: see record-attempts-sql.ts.
const takeSql = (week: string): string => `
WITH taken AS (
  UPDATE lease SET worker = $2, expires_at = now() + $3::float8 * interval '1 second'
   WHERE token = ANY (ARRAY(
         SELECT token FROM lease WHERE token = ANY ($1::uuid[]) AND worker = '${IN_QUEUE}' FOR UPDATE SKIP LOCKED))
  RETURNING token, message_ids, endpoint_ids
)
SELECT ${HELD_COLUMNS}, ${SENT_COLUMNS},
       coalesce((SELECT s.lane FROM endpoint_state s WHERE s.endpoint_id = d.endpoint_id), false) AS "isInLane"
  FROM taken t
 CROSS JOIN LATERAL unnest(t.message_ids, t.endpoint_ids) AS h (message_id, endpoint_id)
 CROSS JOIN LATERAL (
       SELECT * FROM delivery_${week}
        WHERE message_id = h.message_id AND endpoint_id = h.endpoint_id AND trigger = 'scheduled'
          AND (lease_token = t.token) IS TRUE OFFSET 0) d
  LEFT JOIN message_${week} m ON m.app_id = ANY (ARRAY[d.app_id]) AND m.id = ANY (ARRAY[d.message_id])`

/** Lets go of what nobody took in time: due at once. Answers how many leases it ended. */
export async function freeQueuedLeases(pool: pg.Pool, limit: number): Promise<number> {
  return inHotTransaction(pool, async (client) => {
    const { rows: held } = await client.query<HeldDelivery>(EXPIRED, [limit])
    for (const [week, rows] of groupByWeek(held))
      if (await weekExists(client, week)) await releaseDeliveries(client, rows)
    const tokens = [...new Set(held.map(({ leaseToken }) => leaseToken))]
    await client.query('DELETE FROM lease WHERE token = ANY ($1::uuid[])', [uuidArray(tokens)])
    return tokens.length
  })
}

const EXPIRED = `
WITH expired AS MATERIALIZED (
  SELECT token, message_ids, endpoint_ids, triggers FROM lease
   WHERE expires_at <= now() AND worker = '${IN_QUEUE}' ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED
)
SELECT token AS "leaseToken", h.message_id AS "messageId", h.endpoint_id AS "endpointId", h.trigger
  FROM expired, unnest(message_ids, endpoint_ids, triggers) AS h (message_id, endpoint_id, trigger)`
