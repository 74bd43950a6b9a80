import type { Transaction } from './database.ts'
import type { PrismaClient } from './generated/client.ts'
import { IN_QUEUE } from './hot/queued-lease.ts'

type Reader = PrismaClient | Transaction

export interface NewEndpointState {
  readonly endpointId: string
  readonly appId: string
  /** Messages per second; null: no limit. */
  readonly rate: number | null
}

/** A limited endpoint starts in its lane: its deliveries wait for its turn. */
export async function insertEndpointState(tx: Transaction, state: NewEndpointState): Promise<void> {
  await tx.endpointState.create({ data: { ...state, lane: state.rate !== null } })
}

/** Takes effect on what waits already: the endpoint gets a turn at once. */
export async function setEndpointRate(
  tx: Transaction,
  { endpointId, rate }: { readonly endpointId: string; readonly rate: number | null },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE endpoint_state
       SET rate = ${rate}::int,
           next_turn_at = CASE WHEN lane OR ${rate}::int IS NOT NULL THEN coalesce(next_turn_at, now()) END,
           lane = lane OR ${rate}::int IS NOT NULL
     WHERE endpoint_id = ${endpointId} AND rate IS DISTINCT FROM ${rate}::int`
}

/** What enabling means for the failure clock and the breaker: both start anew. */
export async function resetEndpointHealth(tx: Transaction, endpointId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE endpoint_state
       SET failing_since = NULL, failure_count = 0, breaker_opened_at = NULL, held_until = NULL,
           next_turn_at = CASE WHEN next_turn_at IS NOT NULL THEN now() END
     WHERE endpoint_id = ${endpointId}`
}

export async function findFailingSince(db: Reader, endpointId: string): Promise<Date | null> {
  const row = await db.endpointState.findUnique({
    where: { endpointId },
    select: { failingSince: true },
  })
  return row?.failingSince ?? null
}

/** In force: the endpoint's own or its application's. Null: none. */
export async function findEndpointRate(db: Reader, endpointId: string): Promise<number | null> {
  const row = await db.endpointState.findUnique({
    where: { endpointId },
    select: { rate: true },
  })
  return row?.rate ?? null
}

export interface EndpointVitals {
  readonly endpointId: string
  readonly now: Date
  readonly rate: number | null
  readonly failingSince: Date | null
  readonly failureCount: number
  readonly breakerOpenedAt: Date | null
  readonly heldUntil: Date | null
  /** Never more than `countAtMost` + 1. */
  readonly waiting: number
  /** Due time of what waits longest for its turn. */
  readonly oldestTurnAt: Date | null
  /** When the next probe may go, while the breaker is open; null: as soon as something waits. */
  readonly nextTurnAt: Date | null
  /** What the newest deliveries of the last day came to; looked at only where too many attempts of that day failed. */
  readonly delivered24h: number
  readonly failed24h: number
  readonly isTried: boolean
}

export interface VitalsAsked {
  readonly endpointIds: string[]
  readonly countAtMost: number
  readonly judged: {
    /** Of the last day's messages the newest so many, at each endpoint. */
    readonly atMost: number
    readonly fromMessageId: string
    /** Where no smaller share of the day's attempts succeeded, no smaller one was delivered. */
    readonly belowShare: number
  }
}

/**
 * One bounded look at each endpoint: its state, what waits, its last day. EXISTS might scan everybody's counters.
 * The counters tell of attempts; where too many failed, the deliveries tell what that came to in the end.
 */
export function readEndpointVitals(
  db: Reader,
  { endpointIds, countAtMost, judged }: VitalsAsked,
): Promise<EndpointVitals[]> {
  return db.$queryRaw<EndpointVitals[]>`
    SELECT e.id AS "endpointId", now() AS "now", s.rate,
           s.failing_since AS "failingSince", coalesce(s.failure_count, 0) AS "failureCount",
           s.breaker_opened_at AS "breakerOpenedAt",
           CASE WHEN s.held_until > now() THEN s.held_until END AS "heldUntil",
           (SELECT count(*)::int FROM (SELECT 1 FROM delivery d
              WHERE d.endpoint_id = e.id AND d.wait IS NOT NULL LIMIT ${countAtMost + 1}) w) AS "waiting",
           (SELECT d.next_attempt_at FROM delivery d WHERE d.endpoint_id = e.id AND d.wait = 'turn'
             ORDER BY d.next_attempt_at LIMIT 1) AS "oldestTurnAt",
           s.next_turn_at AS "nextTurnAt",
           coalesce(settled.delivered, 0)::int AS "delivered24h", coalesce(settled.failed, 0)::int AS "failed24h",
           (SELECT true FROM endpoint_stat t WHERE t.endpoint_id = e.id LIMIT 1) IS NOT NULL AS "isTried"
      FROM unnest(${endpointIds}::text[]) e (id)
      LEFT JOIN endpoint_state s ON s.endpoint_id = e.id
      LEFT JOIN LATERAL (SELECT sum(t.success) < sum(t.success + t.fail) * ${judged.belowShare}::float8 AS is_doubtful
                           FROM endpoint_stat t
                          WHERE t.endpoint_id = e.id AND t.hour > now() - interval '24 hours') day ON true
      LEFT JOIN LATERAL (
           SELECT count(*) FILTER (WHERE status = 'delivered') AS delivered, count(*) FILTER (WHERE status = 'failed') AS failed
             FROM (SELECT d.status FROM delivery d
                    WHERE day.is_doubtful AND d.endpoint_id = e.id AND d.trigger = 'scheduled'
                      AND d.message_id >= ${judged.fromMessageId}
                    ORDER BY d.message_id DESC LIMIT ${judged.atMost}) newest) settled ON true`
}

export interface AttemptWindow {
  readonly endpointId: string
  readonly since: Date
  readonly until: Date
}

/** From the hourly counters, so both ends of the window widen to their hour. */
export async function sumAttempts(
  db: Reader,
  { endpointId, since, until }: AttemptWindow,
): Promise<{ success: number; fail: number }> {
  const rows = await db.$queryRaw<{ success: number; fail: number }[]>`
    SELECT coalesce(sum(success), 0)::float8 AS success, coalesce(sum(fail), 0)::float8 AS fail
      FROM endpoint_stat
     WHERE endpoint_id = ${endpointId} AND hour >= date_trunc('hour', ${since}::timestamptz) AND hour < ${until}`
  return rows[0] ?? { success: 0, fail: 0 }
}

export interface CanceledWindow extends Omit<PendingWindow, 'countAtMost'> {
  readonly scanAtMost: number
}

/** Among the newest deliveries of the messages in that range: no index tells the canceled ones apart. */
export async function countCanceled(
  db: Reader,
  { endpointId, fromMessageId, toMessageId, scanAtMost }: CanceledWindow,
): Promise<number> {
  const rows = await db.$queryRaw<{ canceled: number }[]>`
    SELECT count(*) FILTER (WHERE status = 'canceled')::int AS canceled
      FROM (SELECT status FROM delivery
             WHERE endpoint_id = ${endpointId} AND message_id >= ${fromMessageId} AND message_id < ${toMessageId}
             ORDER BY message_id DESC LIMIT ${scanAtMost}) newest`
  return rows[0]?.canceled ?? 0
}

export interface PendingWindow {
  readonly endpointId: string
  readonly fromMessageId: string
  readonly toMessageId: string
  readonly countAtMost: number
}

/** What waits (never tried, or between attempts) and what is in flight, of the messages in that range. */
export async function countUnsettled(
  db: Reader,
  { endpointId, fromMessageId, toMessageId, countAtMost }: PendingWindow,
): Promise<{ pending: number; sending: number }> {
  const rows = await db.$queryRaw<
    { untried: number; retrying: number; queued: number; in_flight: number }[]
  >`
    WITH waiting AS (
      SELECT message_id, attempt_count FROM delivery
       WHERE endpoint_id = ${endpointId} AND wait IS NOT NULL LIMIT ${countAtMost}
    ), mine AS (
      SELECT * FROM waiting WHERE message_id >= ${fromMessageId} AND message_id < ${toMessageId}
    ), leased AS (
      SELECT l.worker = ${IN_QUEUE} AS queued FROM lease l, unnest(l.endpoint_ids, l.message_ids) held (endpoint_id, message_id)
       WHERE l.expires_at > now() AND held.endpoint_id = ${endpointId}
         AND held.message_id >= ${fromMessageId} AND held.message_id < ${toMessageId}
    )
    SELECT (SELECT count(*)::int FROM mine WHERE attempt_count = 0) AS untried,
           (SELECT count(*)::int FROM mine WHERE attempt_count > 0) AS retrying,
           (SELECT count(*) FILTER (WHERE queued)::int FROM leased) AS queued,
           (SELECT count(*) FILTER (WHERE NOT queued)::int FROM leased) AS in_flight`
  const { untried = 0, retrying = 0, queued = 0, in_flight: inFlight = 0 } = rows[0] ?? {}
  return { pending: untried + queued, sending: retrying + inFlight }
}
