import type pg from 'pg'
import { boolArray, float8Array, int4Array, textArray, uuidArray } from './binary-array.ts'
import { groupByWeek, isDroppedWeek } from './week.ts'

/**
 * Group commit of finished attempts: the attempt rows, what becomes of their deliveries, the hourly
 * counters and the endpoints' failure state, in one statement a week.
 *
 * - Fenced: a record counts only while its delivery still carries the lease token it was sent under.
 * - A retry for an endpoint that was disabled or deleted meanwhile is canceled instead.
 * - A manual attempt that succeeds also ends the schedule of its message, unless that is in flight.
 * - `endpoint_state` is written only when something about an endpoint changes: an endpoint that works
 *   costs a look-up, not a row version. Rows are locked in id order, so batches can't deadlock.
 */

export interface AttemptRow {
  readonly messageId: string
  readonly attemptId: string
  readonly endpointId: string
  readonly appId: string
  readonly trigger: 'scheduled' | 'manual'
  readonly number: number
  readonly success: boolean
  /** The outcome's code; null for a plain success. */
  readonly code: string | null
  /** JSON text. */
  readonly params: string | null
  readonly url: string
  readonly responseStatus: number
  readonly responseBody: string | null
  readonly responseHeaders: string | null
  readonly durationMs: number
  readonly timing: string | null
  readonly leaseToken: string
  readonly status: 'pending' | 'delivered' | 'failed' | 'canceled'
  /** Seconds until the next attempt; null unless pending. */
  readonly retryInSeconds: number | null
  readonly lost: boolean
  /** False: the attempt spends no step of the schedule (our own fault) and leaves no row. */
  readonly counts: boolean
  /** Whether the outcome says something about the endpoint's health. */
  readonly blames: boolean
  /** Hold the whole endpoint for so long (429 with `Retry-After`). */
  readonly holdSeconds: number | null
  readonly taskId: string | null
  readonly actor: string | null
}

export interface RecordOptions {
  /** Leases that end with this batch. */
  readonly endedLeases: readonly string[]
  /** Seconds of nothing but failure until the breaker opens; 0: never. */
  readonly breakerAfterSeconds: number
  readonly breakerMinFailures: number
}

export interface EndpointTrouble {
  readonly endpointId: string
  readonly failingForSeconds: number
  readonly failingSinceMs: number
  readonly failureCount: number
  readonly breakerOpened: boolean
}

export interface RecordResult {
  /** Attempts that came too late: somebody else holds the delivery. */
  readonly fenced: ReadonlySet<string>
  readonly trouble: readonly EndpointTrouble[]
}

export async function recordAttempts(
  client: Pick<pg.Pool, 'query'>,
  attempts: readonly AttemptRow[],
  options: RecordOptions,
): Promise<RecordResult> {
  const fenced = new Set<string>()
  const trouble: EndpointTrouble[] = []
  const weeks = [...groupByWeek(attempts)]
  for (const [index, [week, rows]] of weeks.entries()) {
    // Leases end with the last part: until then, all of them is still to be rescued.
    const endedLeases = index === weeks.length - 1 ? options.endedLeases : []
    const result = await recordInWeek(client, { week, rows, options: { ...options, endedLeases } })
    for (const id of result.fenced) fenced.add(id)
    trouble.push(...result.trouble)
  }
  return { fenced, trouble }
}

interface WeekRecord {
  readonly week: string
  readonly rows: readonly AttemptRow[]
  readonly options: RecordOptions
}

async function recordInWeek(
  client: Pick<pg.Pool, 'query'>,
  { week, rows: attempts, options }: WeekRecord,
): Promise<RecordResult> {
  try {
    const { rows } = await client.query<ResultRow>({
      name: `record_attempts_${week}`,
      text: recordSql(week),
      values: [
        ...identityColumns(attempts),
        ...outcomeColumns(attempts),
        ...nextColumns(attempts),
        uuidArray(options.endedLeases),
        options.breakerAfterSeconds,
        options.breakerMinFailures,
      ],
    })
    return toResult(rows)
  } catch (err) {
    if (!isDroppedWeek(err)) throw err
    return { fenced: new Set(attempts.map((attempt) => attempt.attemptId)), trouble: [] }
  }
}

interface ResultRow {
  readonly fenced: string | null
  readonly endpoint_id: string | null
  readonly failing_for: number | null
  readonly failing_since: number | null
  readonly failure_count: number | null
  readonly opened: boolean | null
}

function toResult(rows: readonly ResultRow[]): RecordResult {
  const trouble = rows.flatMap((row) =>
    row.endpoint_id === null
      ? []
      : [
          {
            endpointId: row.endpoint_id,
            failingForSeconds: row.failing_for ?? 0,
            failingSinceMs: row.failing_since ?? 0,
            failureCount: row.failure_count ?? 0,
            breakerOpened: row.opened ?? false,
          },
        ],
  )
  return { fenced: new Set(rows.flatMap((row) => row.fenced ?? [])), trouble }
}

function identityColumns(rows: readonly AttemptRow[]): Buffer[] {
  return [
    textArray(rows.map((row) => row.messageId)),
    textArray(rows.map((row) => row.attemptId)),
    textArray(rows.map((row) => row.endpointId)),
    textArray(rows.map((row) => row.appId)),
    textArray(rows.map((row) => row.trigger)),
    int4Array(rows.map((row) => row.number)),
    uuidArray(rows.map((row) => row.leaseToken)),
    textArray(rows.map((row) => row.taskId)),
    textArray(rows.map((row) => row.actor)),
  ]
}

function outcomeColumns(rows: readonly AttemptRow[]): Buffer[] {
  return [
    boolArray(rows.map((row) => row.success)),
    textArray(rows.map((row) => row.code)),
    textArray(rows.map((row) => row.params)),
    textArray(rows.map((row) => row.url)),
    int4Array(rows.map((row) => row.responseStatus)),
    textArray(rows.map((row) => row.responseBody)),
    textArray(rows.map((row) => row.responseHeaders)),
    int4Array(rows.map((row) => row.durationMs)),
    textArray(rows.map((row) => row.timing)),
  ]
}

function nextColumns(rows: readonly AttemptRow[]): Buffer[] {
  return [
    textArray(rows.map((row) => row.status)),
    float8Array(rows.map((row) => row.retryInSeconds)),
    boolArray(rows.map((row) => row.lost)),
    boolArray(rows.map((row) => row.counts)),
    boolArray(rows.map((row) => row.blames)),
    float8Array(rows.map((row) => row.holdSeconds)),
  ]
}

const recordSql = (week: string): string => `
WITH input AS MATERIALIZED (
  SELECT * FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::uuid[], $8::text[], $9::text[],
    $10::boolean[], $11::text[], $12::text[], $13::text[], $14::int[], $15::text[], $16::text[], $17::int[], $18::text[],
    $19::text[], $20::float8[], $21::boolean[], $22::boolean[], $23::boolean[], $24::float8[]
  ) AS i (message_id, attempt_id, endpoint_id, app_id, trigger, number, token, task_id, actor,
          success, code, params, url, response_status, response_body, response_headers, duration_ms, timing,
          status, retry_in, lost, counts, blames, hold)
),
judged AS (
  SELECT i.*, i.retry_in IS NOT NULL AND coalesce(
           (SELECT e.disabled OR e.deleted_at IS NOT NULL FROM endpoint e WHERE e.id = i.endpoint_id), true) AS closed
    FROM input i
),
settled AS (
  UPDATE delivery_${week} d
     SET status = CASE WHEN i.closed THEN 'canceled' ELSE i.status::delivery_status END,
         attempt_count = d.attempt_count + i.counts::int,
         lost_count = d.lost_count + i.lost::int,
         next_attempt_at = CASE WHEN NOT i.closed THEN now() + i.retry_in * interval '1 second' END,
         wait = CASE WHEN i.retry_in IS NOT NULL AND NOT i.closed THEN 'time'::delivery_wait END,
         lease_token = NULL,
         cause = CASE WHEN i.closed THEN 'endpoint_disabled' ELSE i.code END
    FROM judged i
   WHERE d.message_id = i.message_id AND d.endpoint_id = i.endpoint_id AND d.trigger = i.trigger::delivery_trigger
     AND (d.lease_token = i.token) IS TRUE
  RETURNING i.*, d.next_attempt_at
),
recorded AS (
  INSERT INTO attempt_${week} (message_id, id, endpoint_id, app_id, trigger, number, success, code, params, url, response_status,
                       response_body, response_headers, duration_ms, timing, next_attempt_at, task_id, actor)
  SELECT message_id, attempt_id, endpoint_id, app_id, trigger::delivery_trigger, number, success, code, params::jsonb, url,
         response_status, response_body, response_headers::jsonb, duration_ms, timing::jsonb, next_attempt_at, task_id, actor
    FROM settled WHERE counts
),
schedules AS (
  UPDATE delivery_${week} d SET status = 'delivered', wait = NULL, next_attempt_at = NULL, cause = NULL
    FROM settled s
   WHERE s.success AND s.trigger = 'manual'
     AND d.message_id = s.message_id AND d.endpoint_id = s.endpoint_id AND d.trigger = 'scheduled'
     AND (d.lease_token IS NULL) IS TRUE AND (d.status <> 'delivered') IS TRUE
),
tally AS MATERIALIZED (
  SELECT endpoint_id, bool_or(success) AS ok, count(*) FILTER (WHERE success AND counts) AS successes,
         count(*) FILTER (WHERE NOT success AND counts) AS failures,
         count(*) FILTER (WHERE NOT success AND blames) AS blamed, max(hold) AS hold
    FROM settled GROUP BY endpoint_id ORDER BY endpoint_id
),
stats AS (
  INSERT INTO endpoint_stat (endpoint_id, hour, success, fail)
  SELECT endpoint_id, date_trunc('hour', now()), successes, failures FROM tally
   WHERE successes + failures > 0 ORDER BY endpoint_id
  ON CONFLICT (endpoint_id, hour) DO UPDATE
     SET success = endpoint_stat.success + excluded.success, fail = endpoint_stat.fail + excluded.fail
),
changed AS MATERIALIZED (
  SELECT s.endpoint_id, t.ok, t.blamed, t.hold
    FROM tally t
   CROSS JOIN LATERAL (
         SELECT endpoint_id, failing_since FROM endpoint_state WHERE endpoint_id = t.endpoint_id) s
   WHERE t.blamed > 0 OR t.hold IS NOT NULL OR (t.ok AND s.failing_since IS NOT NULL)
),
locked AS MATERIALIZED (
  SELECT endpoint_id FROM endpoint_state WHERE endpoint_id IN (SELECT endpoint_id FROM changed)
   ORDER BY endpoint_id FOR UPDATE
),
states AS (
  UPDATE endpoint_state s
     SET failing_since = CASE WHEN c.ok THEN NULL WHEN c.blamed > 0 THEN coalesce(s.failing_since, now()) ELSE s.failing_since END,
         failure_count = CASE WHEN c.ok THEN 0 ELSE s.failure_count + c.blamed END,
         breaker_opened_at = CASE
           WHEN c.ok THEN NULL
           WHEN $26::float8 > 0 AND s.failing_since <= now() - $26 * interval '1 second' AND s.failure_count + c.blamed >= $27::int
             THEN coalesce(s.breaker_opened_at, now())
           ELSE s.breaker_opened_at END,
         held_until = greatest(s.held_until, now() + c.hold * interval '1 second'),
         lane = s.lane OR c.hold IS NOT NULL OR (NOT c.ok
           AND $26 > 0 AND s.failing_since <= now() - $26 * interval '1 second' AND s.failure_count + c.blamed >= $27),
         next_turn_at = CASE WHEN c.ok AND s.next_turn_at > now() AND s.breaker_opened_at IS NOT NULL
                             THEN now() ELSE s.next_turn_at END
    FROM changed c
   WHERE s.endpoint_id = c.endpoint_id AND s.endpoint_id IN (SELECT endpoint_id FROM locked)
  RETURNING s.endpoint_id, s.failing_since, s.failure_count, s.breaker_opened_at
),
ended AS (
  DELETE FROM lease WHERE token = ANY ($25::uuid[])
)
SELECT i.attempt_id AS fenced, NULL AS endpoint_id, NULL AS failing_for, NULL AS failing_since,
       NULL AS failure_count, NULL AS opened
  FROM input i WHERE i.attempt_id NOT IN (SELECT attempt_id FROM settled)
UNION ALL
SELECT NULL, endpoint_id, extract(epoch FROM now() - failing_since)::float8, (extract(epoch FROM failing_since) * 1000)::float8,
       failure_count, (breaker_opened_at = now()) IS TRUE
  FROM states WHERE failing_since IS NOT NULL`
