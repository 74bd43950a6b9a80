import type pg from 'pg'
import { textArray, uuidArray } from './binary-array.ts'
import { groupByWeek } from './week.ts'

export interface HeldDelivery {
  readonly messageId: string
  readonly endpointId: string
  readonly trigger: 'scheduled' | 'manual'
  readonly leaseToken: string
}

/** Gives back what was leased but not begun: due at once, spending no attempt. Its lease may end by itself. */
export async function releaseDeliveries(
  pool: pg.Pool,
  held: readonly HeldDelivery[],
): Promise<void> {
  for (const [week, rows] of groupByWeek(held)) await releaseInWeek(pool, week, rows)
}

async function releaseInWeek(
  pool: pg.Pool,
  week: string,
  held: readonly HeldDelivery[],
): Promise<void> {
  await pool.query({
    name: `release_deliveries_${week}`,
    text: `
      UPDATE delivery_${week} d SET wait = 'time', lease_token = NULL, next_attempt_at = now()
        FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) AS h (message_id, endpoint_id, trigger, token)
       WHERE d.message_id = ANY (ARRAY[h.message_id]) AND d.endpoint_id = ANY (ARRAY[h.endpoint_id])
         AND d.trigger = h.trigger::delivery_trigger AND (d.lease_token = h.token) IS TRUE`,
    values: [
      textArray(held.map((one) => one.messageId)),
      textArray(held.map((one) => one.endpointId)),
      textArray(held.map((one) => one.trigger)),
      uuidArray(held.map((one) => one.leaseToken)),
    ],
  })
}
