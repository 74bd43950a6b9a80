import type pg from 'pg'
import { boolArray, float8Array, int4Array, textArray, uuidArray } from './binary-array.ts'
import { inHotTransaction } from './hot-transaction.ts'
import { recordAttemptsSql } from './record-attempts-sql.ts'
import { groupByWeek, isDroppedWeek } from './week.ts'

/**
 * Group commit of finished attempts: the attempt rows, what becomes of their deliveries, the hourly
 * counters and the endpoints' failure state, in one statement a week.
 *
 * - Fenced: a record counts only while its delivery still carries the lease token it was sent under.
 * - A retry for an endpoint that was disabled or deleted meanwhile is canceled instead, with that cause.
 * - A manual attempt that succeeds also ends the schedule of its message, unless that is in flight.
 * - `endpoint_state` is written only when something about an endpoint changes: an endpoint that works
 *   costs a look-up, not a row version. Rows are locked in id order, so batches can't deadlock; two weeks are
 *   never of one transaction, which would lock in the order of one and then of the other.
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
  /** Empty: not known here, looked up. */
  readonly eventType: string
  /** What the rollups count: see traffic-mark.ts. */
  readonly mark: number
}

export interface RecordOptions {
  /** Leases that end with this batch. */
  readonly endedLeases: readonly string[]
  /** Seconds of nothing but failure until the breaker opens; 0: never. */
  readonly breakerAfterSeconds: number
  readonly breakerMinFailures: number
  readonly alongside?: Alongside
}

/** What else is written with some of the attempts, in the transaction that records them. */
export interface Alongside {
  readonly attemptIds: ReadonlySet<string>
  /** Of those that count. */
  write(client: pg.PoolClient, attemptIds: readonly string[]): Promise<void>
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
  pool: Pick<pg.Pool, 'query' | 'connect'>,
  attempts: readonly AttemptRow[],
  options: RecordOptions,
): Promise<RecordResult> {
  const fenced = new Set<string>()
  const trouble: EndpointTrouble[] = []
  const weeks = [...groupByWeek(attempts)]
  for (const [index, [week, rows]] of weeks.entries()) {
    // Leases end with the last part: until then, all of them is still to be rescued.
    const endedLeases = index === weeks.length - 1 ? options.endedLeases : []
    const result = await recordInWeek(pool, { week, rows, options: { ...options, endedLeases } })
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
  pool: Pick<pg.Pool, 'query' | 'connect'>,
  record: WeekRecord,
): Promise<RecordResult> {
  try {
    return await recordWithCompany(pool, record)
  } catch (err) {
    if (!isDroppedWeek(err)) throw err
    return { fenced: new Set(record.rows.map((attempt) => attempt.attemptId)), trouble: [] }
  }
}

async function recordWithCompany(
  pool: Pick<pg.Pool, 'query' | 'connect'>,
  record: WeekRecord,
): Promise<RecordResult> {
  const { alongside } = record.options
  const ids = record.rows.map(({ attemptId }) => attemptId)
  const accompanied = ids.filter((id) => alongside?.attemptIds.has(id))
  if (alongside === undefined || accompanied.length === 0) return runRecord(pool, record)
  return inHotTransaction(pool, async (client) => {
    const result = await runRecord(client, record)
    const counting = accompanied.filter((id) => !result.fenced.has(id))
    if (counting.length > 0) await alongside.write(client, counting)
    return result
  })
}

async function runRecord(
  client: Pick<pg.Pool, 'query'>,
  { week, rows: attempts, options }: WeekRecord,
): Promise<RecordResult> {
  const { rows } = await client.query<ResultRow>({
    name: `record_attempts_${week}`,
    text: recordAttemptsSql(week),
    values: [
      ...identityColumns(attempts),
      ...outcomeColumns(attempts),
      ...nextColumns(attempts),
      uuidArray(options.endedLeases),
      options.breakerAfterSeconds,
      options.breakerMinFailures,
      textArray(attempts.map((attempt) => attempt.eventType)),
      int4Array(attempts.map((attempt) => attempt.mark)),
    ],
  })
  return toResult(rows)
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
