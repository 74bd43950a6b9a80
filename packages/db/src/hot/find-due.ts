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
