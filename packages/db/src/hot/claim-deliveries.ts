import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { boolArray, textArray } from './binary-array.ts'
import {
  type ClaimedRow,
  type ClaimLease,
  type DeliveryRef,
  DISPATCH_GRACE,
  HELD_COLUMNS,
  SENT_COLUMNS,
} from './claimed-delivery.ts'
import { enterLanesSql } from './enter-lanes.ts'
import { loadBigMessages } from './load-messages.ts'
import { groupByWeek, isDroppedWeek } from './week.ts'

/**
 * Leases, in one statement a week, those of the named deliveries that are due and free. What belongs to an
 * endpoint in its lane, or is over the cap here (`turn`), moves to the lane instead: the one time its
 * row is touched before its turn.
 *
 * Rows are updated where they were locked, by ctid; `(… <= now()) IS TRUE` so that no plan walks the due
 * index of a backlog. `SKIP LOCKED`: a row somebody else is claiming is theirs.
 *
 * Payloads come along; big ones afterwards, each once, and no more than one load holds.
 */
export async function claimDeliveries(
  pool: pg.Pool,
  wanted: readonly WantedDelivery[],
  lease: ClaimLease,
): Promise<ClaimedRow[]> {
  const claimed: ClaimedRow[] = []
  for (const [week, refs] of groupByWeek(wanted))
    claimed.push(...(await claimInWeek(pool, { week, refs, lease })))
  return claimed
}

export interface WantedDelivery extends DeliveryRef {
  /** Over its endpoint's cap here: to its lane. */
  readonly turn: boolean
}

interface WeekClaim {
  readonly week: string
  readonly refs: readonly WantedDelivery[]
  readonly lease: ClaimLease
}

async function claimInWeek(pool: pg.Pool, claim: WeekClaim): Promise<readonly ClaimedRow[]> {
  try {
    return await runClaim(pool, claim)
  } catch (err) {
    if (isDroppedWeek(err)) return []
    throw err
  }
}

async function runClaim(
  pool: pg.Pool,
  { week, refs: wanted, lease }: WeekClaim,
): Promise<readonly ClaimedRow[]> {
  // A claim may be split over weeks: each part is a lease of its own.
  const { rows } = await pool.query<ClaimedRow & { readonly isBig: boolean }>({
    name: `claim_deliveries_${week}`,
    text: claimSql(week),
    values: [
      textArray(wanted.map((ref) => ref.messageId)),
      textArray(wanted.map((ref) => ref.endpointId)),
      textArray(wanted.map((ref) => ref.trigger)),
      boolArray(wanted.map((ref) => ref.turn)),
      randomUUID(),
      lease.worker,
      lease.seconds,
    ],
  })
  return loadBigMessages(pool, rows)
}

const claimSql = (week: string): string => `
WITH picked AS MATERIALIZED (
  SELECT d.row,
         w.turn OR coalesce((SELECT s.lane FROM endpoint_state s WHERE s.endpoint_id = w.endpoint_id), false) AS turn
    FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[]) AS w (message_id, endpoint_id, trigger, turn)
   CROSS JOIN LATERAL (
         SELECT ctid AS row FROM delivery_${week}
          WHERE message_id = w.message_id AND endpoint_id = w.endpoint_id
            AND trigger = w.trigger::delivery_trigger
            AND (wait = 'time') IS TRUE
            AND (next_attempt_at <= now() + CASE WHEN attempt_count = 0 THEN ${DISPATCH_GRACE} ELSE interval '0' END) IS TRUE
            FOR UPDATE SKIP LOCKED) d
),
claimed AS (
  UPDATE delivery_${week} d
     SET wait = CASE WHEN p.turn THEN 'turn'::delivery_wait END,
         next_attempt_at = CASE WHEN p.turn THEN d.next_attempt_at END,
         lease_token = CASE WHEN NOT p.turn THEN $5::uuid END
    FROM picked p
   WHERE d.ctid = p.row
  RETURNING d.*
),
turns AS (${enterLanesSql('claimed')}),
leases AS (
  INSERT INTO lease (token, worker, expires_at, message_ids, endpoint_ids, triggers)
  SELECT $5, $6::text, now() + $7::float8 * interval '1 second',
         array_agg(message_id), array_agg(endpoint_id), array_agg(trigger)
    FROM claimed WHERE lease_token IS NOT NULL HAVING count(*) > 0
)
SELECT ${HELD_COLUMNS}, ${SENT_COLUMNS}
  FROM claimed d
  LEFT JOIN message_${week} m ON m.app_id = ANY (ARRAY[d.app_id]) AND m.id = ANY (ARRAY[d.message_id])
 WHERE d.lease_token IS NOT NULL`
