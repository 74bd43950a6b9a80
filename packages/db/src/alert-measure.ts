import { FAILS, TROUBLED_AT_MOST } from './failing.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'

/** What an alert rule can look at. Each look is an index's, or a rollup's, with a bound. */

export type AlertCondition =
  | 'lag'
  | 'oldest_due'
  | 'success_rate'
  | 'endpoint_failing'
  | 'endpoint_disabled'
  | 'message_exhausted'
  | 'quarantine_growth'

export interface AlertedEndpoint {
  readonly id: string
  readonly appId: string
  readonly appName: string
  readonly host: string | null
}

export interface AlertMeasure {
  /** Null: too little to judge by. */
  readonly value: number | null
  /** Some of those that it is about. */
  readonly endpoints: readonly AlertedEndpoint[]
}

type Reader = Pick<PrismaClient, '$queryRaw'>

export interface MeasureInput {
  readonly orgId: string
  readonly condition: AlertCondition
  readonly windowSeconds: number
}

export async function measureAlert(db: Reader, input: MeasureInput): Promise<AlertMeasure> {
  switch (input.condition) {
    case 'lag':
      return only(
        await db.$queryRaw<Count[]>`
        SELECT count(*)::int AS value FROM (
          SELECT 1 FROM delivery WHERE wait = 'time' AND next_attempt_at <= now()
           ORDER BY next_attempt_at LIMIT ${COUNT_AT_MOST}) d`,
      )
    case 'oldest_due':
      return only(
        await db.$queryRaw<Count[]>`
        SELECT coalesce((SELECT extract(epoch FROM now() - next_attempt_at)::float8 FROM delivery
                          WHERE wait = 'time' AND next_attempt_at <= now()
                          ORDER BY next_attempt_at LIMIT 1), 0) AS value`,
      )
    case 'success_rate':
      return successRate(await sumTraffic(db, input))
    case 'message_exhausted':
      return { value: (await sumTraffic(db, input)).exhausted, endpoints: [] }
    case 'endpoint_failing':
      return counted(await findFailing(db, input))
    case 'endpoint_disabled':
      return counted(await findDisabled(db, input))
    case 'quarantine_growth':
      return only(await countQuarantined(db, input))
  }
}

interface Count {
  readonly value: number
}

const COUNT_AT_MOST = 10_001
/** Of an application: minutes of an hour, or hours of a day. */
const ROWS_OF_ONE = 61
const QUARANTINED_AT_MOST = 20_000
const NAMED = 5
/** Fewer attempts than these tell nothing of a rate. */
const ATTEMPTS_TO_JUDGE = 20
const MINUTES_UP_TO_SECONDS = 3_600

function only([row]: readonly Count[]): AlertMeasure {
  return { value: row?.value ?? 0, endpoints: [] }
}

interface Traffic {
  readonly success: number
  readonly fail: number
  readonly exhausted: number
}

function successRate({ success, fail }: Traffic): AlertMeasure {
  const attempts = success + fail
  const value = attempts < ATTEMPTS_TO_JUDGE ? null : (100 * success) / attempts
  return { value, endpoints: [] }
}

// One stretch of the primary key an application: by time alone the rows of all endpoints lie between. The limit
// keeps the planner from making a join of it.
async function sumTraffic(db: Reader, { orgId, windowSeconds }: MeasureInput): Promise<Traffic> {
  const isShort = windowSeconds <= MINUTES_UP_TO_SECONDS
  const table = isShort ? Prisma.sql`traffic_minute` : Prisma.sql`traffic_hour`
  const rows = await db.$queryRaw<Traffic[]>`
    WITH apps AS MATERIALIZED (
      SELECT id FROM application
       WHERE org_id = ${orgId} AND deleted_at IS NULL AND NOT operational AND source_id IS NULL
      UNION
      SELECT app_id FROM source WHERE org_id = ${orgId} AND deleted_at IS NULL)
    SELECT coalesce(sum(t.success), 0)::int AS success, coalesce(sum(t.fail), 0)::int AS fail,
           coalesce(sum(t.exhausted), 0)::int AS exhausted
      FROM apps CROSS JOIN LATERAL (
        SELECT success, fail, exhausted FROM ${table}
         WHERE app_id = apps.id AND kind = 'application' AND key = ''
           AND starts_at > now() - ${windowSeconds}::int * interval '1 second'
         LIMIT ${ROWS_OF_ONE}) t`
  return rows[0] ?? { success: 0, fail: 0, exhausted: 0 }
}

interface CountedEndpoint extends AlertedEndpoint {
  readonly total: number
}

function counted(rows: readonly CountedEndpoint[]): AlertMeasure {
  const endpoints = rows.map(({ id, appId, appName, host }) => ({ id, appId, appName, host }))
  return { value: rows[0]?.total ?? 0, endpoints }
}

/** Those that did nothing but fail for the whole window: by what the health board calls failing. */
function findFailing(
  db: Reader,
  { orgId, windowSeconds }: MeasureInput,
): Promise<CountedEndpoint[]> {
  return db.$queryRaw<CountedEndpoint[]>`
    WITH troubled AS MATERIALIZED (
      SELECT endpoint_id, failing_since, failure_count, breaker_opened_at FROM endpoint_state
       WHERE failing_since <= now() - ${windowSeconds}::int * interval '1 second'
       ORDER BY failing_since LIMIT ${TROUBLED_AT_MOST})
    SELECT e.id, e.app_id AS "appId", a.name AS "appName", e.host, count(*) OVER ()::int AS total
      FROM troubled t
      JOIN endpoint e ON e.id = t.endpoint_id AND e.org_id = ${orgId} AND e.deleted_at IS NULL AND NOT e.disabled
      JOIN application a ON a.id = e.app_id AND NOT a.operational AND a.deleted_at IS NULL
     WHERE ${FAILS}
     ORDER BY t.failing_since, e.id LIMIT ${NAMED}`
}

/** Not by a hand: the receiver's wish, or nothing but failure. */
function findDisabled(
  db: Reader,
  { orgId, windowSeconds }: MeasureInput,
): Promise<CountedEndpoint[]> {
  return db.$queryRaw<CountedEndpoint[]>`
    SELECT e.id, e.app_id AS "appId", e."appName", e.host, count(*) OVER ()::int AS total FROM (
      SELECT e.id, e.app_id, a.name AS "appName", e.host, e.disabled_at FROM endpoint e
        JOIN application a ON a.id = e.app_id AND NOT a.operational AND a.deleted_at IS NULL
       WHERE e.org_id = ${orgId} AND e.disabled AND e.deleted_at IS NULL
         AND e.disabled_at > now() - ${windowSeconds}::int * interval '1 second'
         AND e.disabled_by IN ('automatic', 'receiver')
       ORDER BY e.disabled_at DESC LIMIT ${COUNT_AT_MOST}) e
     ORDER BY e.disabled_at DESC, e.id LIMIT ${NAMED}`
}

function countQuarantined(db: Reader, { orgId, windowSeconds }: MeasureInput): Promise<Count[]> {
  return db.$queryRaw<Count[]>`
    WITH recent AS MATERIALIZED (
      SELECT source_id FROM quarantined_request
       WHERE received_at > now() - ${windowSeconds}::int * interval '1 second'
       ORDER BY received_at DESC LIMIT ${QUARANTINED_AT_MOST})
    SELECT count(*)::int AS value FROM recent r
      JOIN source s ON s.id = r.source_id AND s.org_id = ${orgId} AND s.deleted_at IS NULL`
}
