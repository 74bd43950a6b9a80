import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { textArray, uuidArray } from './binary-array.ts'
import { type ClaimedRow, type ClaimLease, HELD_COLUMNS } from './claimed-delivery.ts'
import { inHotTransaction } from './hot-transaction.ts'
import { IN_QUEUE } from './queued-lease.ts'
import { groupByWeek, weekExists } from './week.ts'

/** What a lease that ran out held. Its payload isn't read: nothing is sent for it now. */
export type RescuedRow = Omit<
  ClaimedRow,
  'payload' | 'eventType' | 'contentType' | 'payloadForm'
> & {
  /** `host:pid` of who held it; its id, if it is long forgotten. */
  readonly lostBy: string
}

interface HeldRow {
  readonly token: string
  readonly messageId: string
  readonly endpointId: string
  readonly trigger: string
  readonly lostBy: string
}

/**
 * Takes over the deliveries of leases that ran out: their worker died, froze or lost its database. The new
 * token fences whoever held them, and the new lease, of the same transaction, makes the rescue itself
 * safe to die in.
 */
export async function rescueLeases(
  pool: pg.Pool,
  limit: number,
  lease: ClaimLease,
): Promise<RescuedRow[]> {
  return inHotTransaction(pool, (client) => rescue(client, limit, lease))
}

async function rescue(
  client: pg.PoolClient,
  limit: number,
  lease: ClaimLease,
): Promise<RescuedRow[]> {
  const { rows: held } = await client.query<HeldRow>(TAKE_EXPIRED, [limit])
  const rescued: RescuedRow[] = []
  for (const [week, rows] of groupByWeek(held)) {
    if (!(await weekExists(client, week))) continue
    const { rows: taken } = await client.query<RescuedRow>(rescueSql(week), [
      uuidArray(rows.map((row) => row.token)),
      textArray(rows.map((row) => row.messageId)),
      textArray(rows.map((row) => row.endpointId)),
      textArray(rows.map((row) => row.trigger)),
      textArray(rows.map((row) => row.lostBy)),
      randomUUID(),
      lease.worker,
      lease.seconds,
    ])
    rescued.push(...taken)
  }
  if (rescued.length > 0) await client.query(COUNT_RESCUED, [rescued.length])
  return rescued
}

const TAKE_EXPIRED = `
WITH expired AS (
  DELETE FROM lease WHERE token IN (
    SELECT token FROM lease WHERE expires_at <= now() AND worker <> '${IN_QUEUE}' ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)
  RETURNING token, worker, message_ids, endpoint_ids, triggers
)
SELECT e.token, h.message_id AS "messageId", h.endpoint_id AS "endpointId", h.trigger,
       coalesce((SELECT w.host || ':' || w.pid FROM worker w WHERE w.id = e.worker), e.worker) AS "lostBy"
  FROM expired e, unnest(e.message_ids, e.endpoint_ids, e.triggers) AS h (message_id, endpoint_id, trigger)`

const COUNT_RESCUED = `
WITH forgotten AS (DELETE FROM lease_rescue WHERE hour < now() - interval '31 days')
INSERT INTO lease_rescue (hour, deliveries, last_at) VALUES (date_trunc('hour', now()), $1, now())
ON CONFLICT (hour) DO UPDATE SET deliveries = lease_rescue.deliveries + excluded.deliveries, last_at = excluded.last_at`

const rescueSql = (week: string): string => `
WITH rescued AS (
  UPDATE delivery_${week} d SET lease_token = $6::uuid
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) AS h (token, message_id, endpoint_id, trigger, lost_by)
   WHERE d.message_id = ANY (ARRAY[h.message_id]) AND d.endpoint_id = ANY (ARRAY[h.endpoint_id])
     AND d.trigger = h.trigger::delivery_trigger AND (d.lease_token = h.token) IS TRUE
  RETURNING d.*, h.lost_by
),
leases AS (
  INSERT INTO lease (token, worker, expires_at, message_ids, endpoint_ids, triggers)
  SELECT $6, $7::text, now() + $8::float8 * interval '1 second',
         array_agg(message_id), array_agg(endpoint_id), array_agg(trigger)
    FROM rescued HAVING count(*) > 0
)
SELECT ${HELD_COLUMNS}, d.lost_by AS "lostBy" FROM rescued d`
