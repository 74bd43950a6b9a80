import type pg from 'pg'
import type { DeliveryRef } from './claimed-delivery.ts'

export interface DueDelivery extends DeliveryRef {
  /** Milliseconds until it is due; not above 0: it is. */
  readonly inMs: number
}

/** Deliveries whose time has come or comes soon, longest overdue first. Reads one index per partition, nothing else. */
export async function findDueDeliveries(
  pool: pg.Pool,
  { limit, withinMs }: { readonly limit: number; readonly withinMs: number },
): Promise<DueDelivery[]> {
  const { rows } = await pool.query<DueDelivery>({
    name: 'find_due',
    text: `
      SELECT message_id AS "messageId", endpoint_id AS "endpointId", trigger,
             extract(epoch FROM next_attempt_at - now())::float8 * 1000 AS "inMs" FROM delivery
       WHERE wait = 'time' AND next_attempt_at <= now() + $2::float8 * interval '1 millisecond'
       ORDER BY next_attempt_at LIMIT $1`,
    values: [limit, withinMs],
  })
  return rows
}
