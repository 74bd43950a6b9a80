import type pg from 'pg'
import { textArray, uuidArray } from './binary-array.ts'
import { enterLanesSql } from './enter-lanes.ts'
import { groupByWeek } from './week.ts'

export interface HeldDelivery {
  readonly messageId: string
  readonly endpointId: string
  readonly trigger: 'scheduled' | 'manual'
  readonly leaseToken: string
}

/**
 * Gives back what was leased but not begun. No attempt is spent. The lease may end by itself.
 */
export async function releaseDeliveries(
  db: Pick<pg.ClientBase, 'query'>,
  held: readonly HeldDelivery[],
  to: ReleaseTo = 'time',
): Promise<void> {
  for (const [week, rows] of groupByWeek(held)) await releaseInWeek(db, { week, rows, to })
}

/**
 * `time`: due at once. `turn`: waits in its endpoint's lane like what is published now. `turn_again`: it had its turn, which
 * then is now, be it the probe's; a slot of its rate that was taken for it is gone.
 */
export type ReleaseTo = 'time' | 'turn' | 'turn_again'

interface WeekRelease {
  readonly week: string
  readonly rows: readonly HeldDelivery[]
  readonly to: ReleaseTo
}

async function releaseInWeek(
  db: Pick<pg.ClientBase, 'query'>,
  { week, rows, to }: WeekRelease,
): Promise<void> {
  await db.query({
    name: `release_deliveries_${to}_${week}`,
    text: SQL_OF[to](week),
    values: [
      textArray(rows.map((one) => one.messageId)),
      textArray(rows.map((one) => one.endpointId)),
      textArray(rows.map((one) => one.trigger)),
      uuidArray(rows.map((one) => one.leaseToken)),
    ],
  })
}

const releaseSql = (week: string, wait: 'time' | 'turn'): string => `
  UPDATE delivery_${week} d SET wait = '${wait}', lease_token = NULL, next_attempt_at = now()
    FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) AS h (message_id, endpoint_id, trigger, token)
   WHERE d.message_id = ANY (ARRAY[h.message_id]) AND d.endpoint_id = ANY (ARRAY[h.endpoint_id])
     AND d.trigger = h.trigger::delivery_trigger AND (d.lease_token = h.token) IS TRUE`

const releaseToLanesSql = (week: string, nextTurn?: string): string => `
WITH released AS (${releaseSql(week, 'turn')}
  RETURNING d.endpoint_id, d.wait)
${enterLanesSql('released', nextTurn)}`

const SQL_OF: Record<ReleaseTo, (week: string) => string> = {
  time: (week) => releaseSql(week, 'time'),
  turn: (week) => releaseToLanesSql(week),
  turn_again: (week) => releaseToLanesSql(week, 'now()'),
}
