import type pg from 'pg'
import type { DeliveryRef } from './claimed-delivery.ts'

/** The deliveries whose time has come, longest overdue first. Reads one index per partition, nothing else. */
export async function findDueDeliveries(pool: pg.Pool, limit: number): Promise<DeliveryRef[]> {
  const { rows } = await pool.query<DeliveryRef>({
    name: 'find_due',
    text: `
      SELECT message_id AS "messageId", endpoint_id AS "endpointId", trigger FROM delivery
       WHERE wait = 'time' AND next_attempt_at <= now() ORDER BY next_attempt_at LIMIT $1`,
    values: [limit],
  })
  return rows
}

/** Seconds that the longest overdue delivery is late; 0 when none is. */
export async function findOldestDue(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ late: number }>({
    name: 'find_oldest_due',
    text: `
      SELECT extract(epoch FROM now() - next_attempt_at)::float8 AS late FROM delivery
       WHERE wait = 'time' AND next_attempt_at <= now() ORDER BY next_attempt_at LIMIT 1`,
  })
  return rows[0]?.late ?? 0
}
