import type pg from 'pg'
import { CLAIMED_COLUMNS, type ClaimedRow, type ClaimLease } from './claimed-delivery.ts'

/**
 * Takes over the deliveries of leases that ran out: their worker died, froze or lost its database. The new
 * token fences whoever held them, and the new lease makes the rescue itself safe to die in.
 */
export async function rescueLeases(pool: pg.Pool, limit: number, lease: ClaimLease): Promise<ClaimedRow[]> {
  const { rows } = await pool.query<ClaimedRow>({
    name: 'rescue_leases',
    text: RESCUE_LEASES,
    values: [limit, lease.token, lease.worker, lease.seconds],
  })
  return rows
}

const RESCUE_LEASES = `
WITH expired AS (
  DELETE FROM lease WHERE token IN (
    SELECT token FROM lease WHERE expires_at <= now() ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)
  RETURNING token, message_ids, endpoint_ids, triggers
),
held AS MATERIALIZED (
  SELECT e.token, h.message_id, h.endpoint_id, h.trigger
    FROM expired e, unnest(e.message_ids, e.endpoint_ids, e.triggers) AS h (message_id, endpoint_id, trigger)
),
rescued AS (
  UPDATE delivery d SET lease_token = $2::uuid
    FROM held h
   WHERE d.message_id = h.message_id AND d.endpoint_id = h.endpoint_id AND d.trigger = h.trigger
     AND (d.lease_token = h.token) IS TRUE
  RETURNING d.*
),
leases AS (
  INSERT INTO lease (token, worker, expires_at, message_ids, endpoint_ids, triggers)
  SELECT $2, $3::text, now() + $4::float8 * interval '1 second',
         array_agg(message_id), array_agg(endpoint_id), array_agg(trigger)
    FROM rescued HAVING count(*) > 0
)
SELECT ${CLAIMED_COLUMNS} FROM rescued d`
