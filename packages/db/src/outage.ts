import { type LimitedKey, withinLimit } from './application-limit.ts'
import { FAILS, TROUBLED_AT_MOST } from './failing.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>

/** Of one host: of these it is told what they fail for. */
const SAMPLE = 100

export interface TroubledHost {
  readonly host: string
  /** That fail, or were disabled for it. */
  readonly endpoints: number
  readonly applications: number
  readonly failingSince: Date
  /** With an open breaker: they get probes only. */
  readonly held: number
  /** By themselves, for failing too long, in the last week. */
  readonly disabled: number
  /** Of the organisation, failing or not; at most 10,001. */
  readonly endpointsThere: number
  /** Those that fail the longest. */
  readonly sample: readonly SampledEndpoint[]
}

export interface SampledEndpoint {
  readonly id: string
  readonly appId: string
  readonly held: boolean
  readonly disabled: boolean
  /** As JSON tells it. */
  readonly since: string
}

/** Hosts behind which endpoints fail, those of the most customers first. */
export function findTroubledHosts(
  db: Reader,
  scope: LimitedKey,
  take: number,
): Promise<TroubledHost[]> {
  return db.$queryRaw<TroubledHost[]>`
    WITH ${troubled(scope)},
    hosts AS MATERIALIZED (
      SELECT host, count(*)::int AS endpoints, count(DISTINCT app_id)::int AS applications,
             min(since) AS "failingSince", count(*) FILTER (WHERE held)::int AS held,
             count(*) FILTER (WHERE disabled)::int AS disabled,
             jsonb_agg(jsonb_build_object('id', id, 'appId', app_id, 'held', held, 'disabled', disabled, 'since', since)
                       ORDER BY since, id) FILTER (WHERE place <= ${SAMPLE}) AS sample
        FROM (SELECT *, row_number() OVER (PARTITION BY host ORDER BY since, id) AS place FROM troubled) t
       GROUP BY host ORDER BY applications DESC, endpoints DESC, host LIMIT ${take})
    SELECT hosts.*, (SELECT count(*)::int FROM (
             SELECT 1 FROM endpoint WHERE org_id = ${scope.orgId} AND host = hosts.host AND deleted_at IS NULL
                AND ${withinLimit('app_id', scope)} LIMIT 10001) e
           ) AS "endpointsThere"
      FROM hosts ORDER BY applications DESC, endpoints DESC, host`
}

export interface OutageMember {
  readonly id: string
  readonly appId: string
  readonly disabled: boolean
  readonly failureCount: number
  readonly rate: number | null
}

/** Behind one host those that fail, or were disabled for it; the longest first. */
export function findOutageMembers(
  db: Reader,
  scope: LimitedKey,
  { host, take }: { readonly host: string; readonly take: number },
): Promise<OutageMember[]> {
  return db.$queryRaw<OutageMember[]>`
    WITH ${troubled(scope, host)}
    SELECT id, app_id AS "appId", disabled, failure_count AS "failureCount", rate FROM troubled ORDER BY since, id LIMIT ${take}`
}

/** So many in a row make one endpoint fail; so many endpoints with nothing but failure, most of a host, the host. */
const HOST_FAILS_AT = 5

// Those that fail, each by itself or with most of its host, and those that were disabled for it.
export function troubled(scope: LimitedKey, host: string | null = null): Prisma.Sql {
  const { orgId } = scope
  const isWithin = withinLimit('e.app_id', scope)
  const isThere =
    host === null ? Prisma.sql`e.host IS NOT NULL` : Prisma.sql`e.host = ${host.toLowerCase()}`
  return Prisma.sql`
    failing AS MATERIALIZED (
      SELECT endpoint_id, failing_since, failure_count, breaker_opened_at, rate FROM endpoint_state
       WHERE failing_since IS NOT NULL ORDER BY failing_since LIMIT ${TROUBLED_AT_MOST}),
    disabled AS MATERIALIZED (
      SELECT id FROM endpoint e
       WHERE org_id = ${orgId} AND disabled AND deleted_at IS NULL AND disabled_at > now() - interval '7 days'
         AND disabled_by = 'automatic' AND ${isWithin} ORDER BY disabled_at DESC LIMIT ${TROUBLED_AT_MOST}),
    unwell AS MATERIALIZED (
      SELECT e.id, e.app_id, e.host, t.failing_since AS since, t.breaker_opened_at IS NOT NULL AS held,
             false AS disabled, t.failure_count, t.rate, ${FAILS} AS fails
        FROM failing t
        JOIN endpoint e ON e.id = t.endpoint_id AND e.org_id = ${orgId} AND e.deleted_at IS NULL AND NOT e.disabled
        JOIN application a ON a.id = e.app_id AND NOT a.operational AND a.deleted_at IS NULL
       WHERE ${isThere} AND ${isWithin}),
    down AS MATERIALIZED (${down(scope, ['host'])}),
    troubled AS MATERIALIZED (
      SELECT id, app_id, host, since, held, disabled, failure_count, rate, fails FROM unwell
       WHERE fails OR host IN (SELECT host FROM down)
      UNION ALL
      SELECT e.id, e.app_id, e.host, coalesce(s.failing_since, e.disabled_at), false, true,
             coalesce(s.failure_count, 0), s.rate, true
        FROM disabled d
        JOIN endpoint e ON e.id = d.id
        JOIN application a ON a.id = e.app_id AND NOT a.operational AND a.deleted_at IS NULL
        LEFT JOIN endpoint_state s ON s.endpoint_id = e.id
       WHERE ${isThere})`
}

/** Of `unwell` where most of what is there, five at least, has nothing but failure: at a host, or at it of one application. */
export function down(scope: LimitedKey, there: readonly ('host' | 'app_id')[]): Prisma.Sql {
  const place = Prisma.raw(there.map((column) => `u.${column}`).join(', '))
  const isThere = Prisma.raw(there.map((column) => `e.${column} = u.${column}`).join(' AND '))
  return Prisma.sql`
      SELECT ${place} FROM unwell u GROUP BY ${place}
      HAVING count(*) >= ${HOST_FAILS_AT} AND count(*) * 2 > (SELECT count(*) FROM (
               SELECT 1 FROM endpoint e WHERE e.org_id = ${scope.orgId} AND ${isThere} AND e.deleted_at IS NULL AND NOT e.disabled
                AND ${withinLimit('e.app_id', scope)} LIMIT ${2 * TROUBLED_AT_MOST}) there)`
}

/** Those that were disabled by themselves behind a host, the first ones of them. */
export function findDisabledTargets(
  db: Reader,
  scope: LimitedKey,
  { host, take }: { readonly host: string; readonly take: number },
): Promise<OutageMember[]> {
  return db.$queryRaw<OutageMember[]>`
    WITH ${troubled(scope, host)}
    SELECT id, app_id AS "appId", disabled, failure_count AS "failureCount", rate FROM troubled WHERE disabled ORDER BY id LIMIT ${take}`
}
