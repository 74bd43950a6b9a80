import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { float8Array, textArray } from './binary-array.ts'
import { type ClaimedRow, type ClaimLease, HELD_COLUMNS } from './claimed-delivery.ts'
import { loadMessages } from './load-messages.ts'

/**
 * Lets the lanes move: takes from each endpoint whose turn has come as many waiting deliveries as its
 * rate, its breaker and the room here allow, leases them, and says when its next turn is.
 * O(1) for a lane that may not move yet, O(taken) otherwise; a waiting row isn't touched before its turn.
 *
 *   held by a 429      nothing until `held_until`
 *   breaker open       one probe, the next turn a probe interval later
 *   rate r             slots 1/r apart from `slot_at` on, as many as fit the horizon; `startsAtMs` says when
 *   over the cap       what the cap leaves; its next turn is as soon as somebody has room
 *   no room here       not looked at; one that others were before keeps its place in the row
 *
 * Of the room here each lane gets an equal share first, then what others may not use, in the order of the row: how
 * many wait in a lane isn't known before they are taken, and one may stand in each of a thousand.
 *
 * A lane is empty only when no row waits in it, also none that SKIP LOCKED passed over, and none that entered
 * after this statement's snapshot: who enters writes the state row, so the row locked is another than the one seen.
 * The rows are found by endpoint over all weeks and updated where they were locked, by ctid: no run-time
 * pruning in this statement (see week.ts).
 * The state rows are locked with SKIP LOCKED, so workers share the lanes without waiting for each other.
 */

export interface TurnOptions {
  readonly horizonSeconds: number
  readonly probeSeconds: number
  /** Deliveries this worker can take altogether. */
  readonly room: number
  /** Per endpoint, where nothing else is said. */
  readonly endpointRoom: number
  /** Endpoints of which something else is said. */
  readonly busy: readonly TurnRoom[]
  /** Endpoints that there is no room for. */
  readonly full: readonly string[]
}

interface TurnRoom {
  readonly endpointId: string
  readonly room: number
}

export interface TakenRow extends ClaimedRow {
  /** Not to be sent before this moment of the database's clock, in ms since the epoch. */
  readonly startsAtMs: number
  /** Milliseconds between two attempts at the endpoint's rate; null: not paced. */
  readonly spacingMs: number | null
}

export async function takeTurns(
  pool: pg.Pool,
  options: TurnOptions,
  lease: ClaimLease,
): Promise<TakenRow[]> {
  const { rows } = await pool.query<Omit<TakenRow, 'eventType' | 'payload'>>({
    name: 'take_turns',
    text: TAKE_TURNS,
    values: [
      options.horizonSeconds,
      options.probeSeconds,
      options.room,
      options.endpointRoom,
      textArray(options.busy.map((one) => one.endpointId)),
      float8Array(options.busy.map((one) => one.room)),
      textArray(options.full),
      randomUUID(),
      lease.worker,
      lease.seconds,
    ],
  })
  return loadMessages(pool, rows)
}

const MAX_LANES = 64
/** Of the horizon: so much before its first free slot a lane has its next turn. */
const LEAD = `interval '0.85 second'`
const PACE_TICK = `interval '100 milliseconds'`

/** How many of what a lane asks for are left to it of so many, by those before it in the row. */
function upTo(room: string, asked: string): string {
  return `greatest(0, least(${asked}, ${room} - coalesce(sum(${asked}) OVER (
            ORDER BY next_turn_at, endpoint_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)))`
}

const TAKE_TURNS = `
WITH due AS MATERIALIZED (
  SELECT endpoint_id, rate, breaker_opened_at, held_until, next_turn_at,
         greatest(slot_at, now()) AS first_slot,
         ctid = (SELECT seen.ctid FROM endpoint_state seen
                  WHERE seen.endpoint_id = endpoint_state.endpoint_id) AS is_seen
    FROM endpoint_state
   WHERE next_turn_at <= now() AND endpoint_id NOT IN (SELECT unnest($7::text[]))
   ORDER BY next_turn_at LIMIT ${MAX_LANES} FOR UPDATE SKIP LOCKED
),
roomy AS (
  SELECT due.*, coalesce(b.room, $4::float8) AS room
    FROM due LEFT JOIN unnest($5::text[], $6::float8[]) AS b (endpoint_id, room) USING (endpoint_id)
),
allowed AS (
  SELECT r.*, greatest(0, CASE
           WHEN held_until > now() THEN 0
           WHEN breaker_opened_at IS NOT NULL THEN least(1, room)
           WHEN rate IS NULL THEN room
           ELSE least(room, ceil(extract(epoch FROM now() + $1::float8 * interval '1 second' - first_slot)::float8 * rate))
         END)::int AS wanted
    FROM roomy r
),
shared AS (
  SELECT a.*, least(wanted, ceil($3::float8 / nullif(count(*) FILTER (WHERE wanted > 0) OVER (), 0)))::int AS share
    FROM allowed a
),
granted AS MATERIALIZED (
  SELECT s.*, (${upTo('$3::float8', 'share')}
             + ${upTo('greatest(0, $3::float8 - sum(share) OVER ())', 'wanted - share')})::int AS quota
    FROM shared s
),
picked AS MATERIALIZED (
  SELECT g.endpoint_id AS lane, d.row, d.part, d.place,
         extract(epoch FROM CASE WHEN g.rate IS NULL OR g.breaker_opened_at IS NOT NULL THEN now()
           ELSE g.first_slot + (d.place - 1) * interval '1 second' / g.rate END)::float8 * 1000 AS starts_at_ms,
         CASE WHEN g.breaker_opened_at IS NULL THEN 1000.0 / g.rate END AS spacing_ms
    FROM granted g
   CROSS JOIN LATERAL (
         SELECT w.*, row_number() OVER () AS place FROM (
           SELECT ctid AS row, tableoid AS part FROM delivery
            WHERE endpoint_id = g.endpoint_id AND wait = 'turn'
            ORDER BY next_attempt_at, message_id LIMIT g.quota FOR UPDATE SKIP LOCKED) w) d
   WHERE g.quota > 0
),
claimed AS (
  UPDATE delivery d SET wait = NULL, next_attempt_at = NULL, lease_token = $8::uuid
    FROM picked p
   WHERE d.ctid = p.row AND d.tableoid = p.part
  RETURNING d.*, p.starts_at_ms, p.spacing_ms
),
taken AS MATERIALIZED (
  SELECT c.*, c.is_seen AND c.count < c.quota AND NOT EXISTS (
           SELECT 1 FROM delivery WHERE endpoint_id = c.endpoint_id AND wait = 'turn' OFFSET c.count) AS emptied
    FROM (SELECT g.endpoint_id, g.first_slot, g.quota, g.wanted, g.is_seen, coalesce(p.count, 0) AS count
            FROM granted g LEFT JOIN (SELECT lane, count(*) FROM picked GROUP BY lane) p ON p.lane = g.endpoint_id) c
),
states AS (
  UPDATE endpoint_state s SET
         slot_at = CASE WHEN s.rate IS NULL OR t.count = 0 THEN s.slot_at
                        ELSE t.first_slot + t.count * interval '1 second' / s.rate END,
         next_turn_at = CASE
           WHEN s.held_until > now() THEN s.held_until
           WHEN t.emptied THEN NULL
           WHEN s.breaker_opened_at IS NOT NULL AND t.count > 0 THEN now() + $2::float8 * interval '1 second'
           WHEN s.rate IS NOT NULL AND t.quota = t.wanted
             THEN greatest(t.first_slot + t.count * interval '1 second' / s.rate - $1::float8 * ${LEAD},
                           now() + ${PACE_TICK})
           ELSE now() END,
         lane = s.rate IS NOT NULL OR s.breaker_opened_at IS NOT NULL OR (s.held_until > now()) IS TRUE OR NOT t.emptied
    FROM taken t
   WHERE s.endpoint_id = ANY (ARRAY(SELECT endpoint_id FROM granted)) AND s.endpoint_id = t.endpoint_id
     AND (t.quota > 0 OR t.wanted = 0)
),
leases AS (
  INSERT INTO lease (token, worker, expires_at, message_ids, endpoint_ids, triggers)
  SELECT $8, $9::text, now() + $10::float8 * interval '1 second',
         array_agg(message_id), array_agg(endpoint_id), array_agg(trigger)
    FROM claimed HAVING count(*) > 0
)
SELECT ${HELD_COLUMNS}, d.starts_at_ms AS "startsAtMs",
       d.spacing_ms::float8 AS "spacingMs" FROM claimed d`
