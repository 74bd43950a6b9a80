import { type LimitedKey, withinLimit } from './application-limit.ts'
import { FAILS, TROUBLED_AT_MOST } from './failing.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>
interface OrgKey {
  readonly orgId: string
}

export interface TroubledEndpoint {
  readonly id: string
  readonly appName: string
  readonly appUid: string | null
  readonly failureCount: number
  readonly rate: number | null
}

/** Those that fail, the longest first. */
export function findFailingEndpoints(
  db: Reader,
  scope: LimitedKey,
  take: number,
): Promise<TroubledEndpoint[]> {
  return db.$queryRaw<TroubledEndpoint[]>`
    WITH troubled AS MATERIALIZED (
      SELECT endpoint_id, failing_since, failure_count, breaker_opened_at, rate FROM endpoint_state
       WHERE failing_since IS NOT NULL ORDER BY failing_since LIMIT ${TROUBLED_AT_MOST})
    SELECT e.id, a.name AS "appName", a.uid AS "appUid", t.failure_count AS "failureCount", t.rate
      FROM troubled t
      JOIN endpoint e ON e.id = t.endpoint_id AND e.org_id = ${scope.orgId} AND e.deleted_at IS NULL AND NOT e.disabled
      JOIN application a ON a.id = e.app_id AND ${withinLimit('a.id', scope)} AND NOT a.operational AND a.deleted_at IS NULL
     WHERE ${FAILS}
     ORDER BY t.failing_since, e.id LIMIT ${take}`
}

/** Those whose deliveries wait for the limit's next turn. */
export function findLimitedEndpoints(
  db: Reader,
  scope: LimitedKey,
  take: number,
): Promise<TroubledEndpoint[]> {
  return db.$queryRaw<TroubledEndpoint[]>`
    WITH limited AS MATERIALIZED (
      SELECT endpoint_id, failure_count, rate FROM endpoint_state
       WHERE next_turn_at IS NOT NULL ORDER BY next_turn_at LIMIT ${TROUBLED_AT_MOST}),
    mine AS MATERIALIZED (
      SELECT e.id, a.name AS "appName", a.uid AS "appUid", l.failure_count AS "failureCount", l.rate
        FROM limited l
        JOIN endpoint e ON e.id = l.endpoint_id AND e.org_id = ${scope.orgId} AND e.deleted_at IS NULL AND NOT e.disabled
        JOIN application a ON a.id = e.app_id AND ${withinLimit('a.id', scope)} AND NOT a.operational AND a.deleted_at IS NULL
       WHERE l.rate IS NOT NULL)
    SELECT mine.* FROM mine CROSS JOIN LATERAL (
        SELECT next_attempt_at FROM delivery WHERE endpoint_id = mine.id AND wait = 'turn'
         ORDER BY next_attempt_at LIMIT 1) oldest
     ORDER BY oldest.next_attempt_at, mine.id LIMIT ${take}`
}

/** Disabled within the last day, by whomever; the latest first. */
export function findDisabledEndpoints(
  db: Reader,
  scope: LimitedKey,
  take: number,
): Promise<TroubledEndpoint[]> {
  return db.$queryRaw<TroubledEndpoint[]>`
    SELECT e.id, a.name AS "appName", a.uid AS "appUid", coalesce(s.failure_count, 0) AS "failureCount", s.rate
      FROM endpoint e
      JOIN application a ON a.id = e.app_id AND ${withinLimit('a.id', scope)} AND NOT a.operational AND a.deleted_at IS NULL
      LEFT JOIN endpoint_state s ON s.endpoint_id = e.id
     WHERE e.org_id = ${scope.orgId} AND e.disabled AND e.deleted_at IS NULL AND e.disabled_at > now() - interval '1 day'
     ORDER BY e.disabled_at DESC LIMIT ${take}`
}

export interface LastOutcome {
  readonly endpointId: string
  readonly attemptId: string
  readonly code: string | null
  readonly responseStatus: number
}

/** One probe a partition for each. */
export function findLastOutcomes(
  db: Reader,
  endpointIds: readonly string[],
): Promise<LastOutcome[]> {
  return db.$queryRaw<LastOutcome[]>`
    SELECT e.id AS "endpointId", last.id AS "attemptId", last.code, last.response_status AS "responseStatus"
      FROM unnest(${[...endpointIds]}::text[]) e (id)
      CROSS JOIN LATERAL (SELECT id, code, response_status FROM attempt
                           WHERE endpoint_id = e.id ORDER BY id DESC LIMIT 1) last`
}

export interface SlowTraffic {
  readonly endpointId: string
  readonly latency: number[]
}

/** What the busiest endpoints of an organisation answered in, this hour and the last. */
export function findEndpointLatencies(
  db: Reader,
  scope: LimitedKey,
  take: number,
): Promise<SlowTraffic[]> {
  return db.$queryRaw<SlowTraffic[]>`
    WITH recent AS MATERIALIZED (
      SELECT app_id, key, latency FROM traffic_hour
       WHERE starts_at >= date_trunc('hour', now()) - interval '1 hour' AND kind = 'endpoint' LIMIT ${take})
    SELECT r.key AS "endpointId", r.latency FROM recent r
      JOIN application a ON a.id = r.app_id AND a.org_id = ${scope.orgId} AND NOT a.operational AND ${withinLimit('a.id', scope)}`
}

export interface EndpointTarget {
  readonly id: string
  readonly appId: string
  readonly appName: string
  readonly url: string
  readonly disabled: boolean
}

/** By their ids, both ends excluded; `after` null: from the first. */
export interface TargetWindow {
  readonly after: string | null
  readonly before: string
  readonly take: number
}

/** What has endpoints that are taken in together. */
export type TargetPlace = { readonly host: string } | { readonly appId: string }

export function findTargetsAt(
  db: Reader,
  org: LimitedKey,
  { of, after, before, take }: { readonly of: TargetPlace } & TargetWindow,
): Promise<EndpointTarget[]> {
  const within = Prisma.sql`e.id > ${after ?? ''} AND e.id < ${before} ORDER BY e.id LIMIT ${take}`
  return findTargets(db, org, Prisma.sql`${at(of)} AND ${within}`)
}

function at(of: TargetPlace): Prisma.Sql {
  return 'host' in of ? Prisma.sql`e.host = ${of.host}` : Prisma.sql`e.app_id = ${of.appId}`
}

export interface TargetCounts {
  readonly endpoints: number
  readonly disabled: number
  readonly applications: number
}

/** Of what a host or an application has, up to so many. */
export async function countTargets(
  db: Reader,
  scope: LimitedKey,
  { of, countAtMost }: { readonly of: TargetPlace; readonly countAtMost: number },
): Promise<TargetCounts> {
  const rows = await db.$queryRaw<TargetCounts[]>`
    SELECT count(*)::int AS endpoints, (count(*) FILTER (WHERE disabled))::int AS disabled,
           count(DISTINCT app_id)::int AS applications
      FROM (SELECT e.app_id, e.disabled FROM endpoint e
              JOIN application a ON a.id = e.app_id AND NOT a.operational AND a.deleted_at IS NULL
             WHERE e.org_id = ${scope.orgId} AND e.deleted_at IS NULL AND ${at(of)} AND ${withinLimit('a.id', scope)}
             LIMIT ${countAtMost}) found`
  return rows[0] ?? { endpoints: 0, disabled: 0, applications: 0 }
}

export function findTargetsById(
  db: Reader,
  org: LimitedKey,
  ids: readonly string[],
): Promise<EndpointTarget[]> {
  return findTargets(db, org, Prisma.sql`e.id = ANY (${[...ids]}::text[]) ORDER BY e.id`)
}

function findTargets(db: Reader, scope: LimitedKey, which: Prisma.Sql): Promise<EndpointTarget[]> {
  return db.$queryRaw<EndpointTarget[]>`
    SELECT e.id, e.app_id AS "appId", a.name AS "appName", e.url, e.disabled FROM endpoint e
      JOIN application a ON a.id = e.app_id AND NOT a.operational AND a.deleted_at IS NULL
     WHERE e.org_id = ${scope.orgId} AND e.deleted_at IS NULL AND ${withinLimit('a.id', scope)} AND ${which}`
}

/** By the index of running tasks: those over many endpoints. */
export async function countRunningRecoveries(db: Reader, { orgId }: OrgKey): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM background_task
     WHERE status = 'running' AND org_id = ${orgId} AND app_id IS NULL`
  return rows[0]?.count ?? 0
}
