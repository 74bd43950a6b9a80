import { firstIdAt, idTimeMs } from '@posthorn/runtime'
import { FAILS, TROUBLED_AT_MOST } from './failing.ts'
import type { PrismaClient } from './generated/client.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>
interface OrgKey {
  readonly orgId: string
}

export interface TroubledCounts {
  readonly failing: number
  /** Of those that fail. */
  readonly disabledSoon: number
  /** Within the last day, by whomever. */
  readonly disabledToday: number
}

/** As the health board lists them. */
export async function countTroubled(
  db: Reader,
  { orgId }: OrgKey,
  /** 0: none is ever disabled for failing. */
  disableAfterSeconds: number,
): Promise<TroubledCounts> {
  const rows = await db.$queryRaw<TroubledCounts[]>`
    WITH troubled AS MATERIALIZED (
      SELECT endpoint_id, failing_since, failure_count, breaker_opened_at FROM endpoint_state
       WHERE failing_since IS NOT NULL ORDER BY failing_since LIMIT ${TROUBLED_AT_MOST}),
    failing AS MATERIALIZED (
      SELECT t.failing_since, t.failure_count FROM troubled t
        JOIN endpoint e ON e.id = t.endpoint_id AND e.org_id = ${orgId} AND e.deleted_at IS NULL AND NOT e.disabled
        JOIN application a ON a.id = e.app_id AND NOT a.operational AND a.deleted_at IS NULL
       WHERE ${FAILS})
    SELECT (SELECT count(*)::int FROM failing) AS failing,
           (SELECT count(*)::int FROM failing WHERE failure_count >= 10 AND ${disableAfterSeconds}::int > 0
               AND failing_since < now() - make_interval(secs => ${disableAfterSeconds}::int / 2.0)) AS "disabledSoon",
           (SELECT count(*)::int FROM (
              SELECT 1 FROM endpoint e JOIN application a ON a.id = e.app_id AND NOT a.operational AND a.deleted_at IS NULL
               WHERE e.org_id = ${orgId} AND e.disabled AND e.deleted_at IS NULL
                 AND e.disabled_at > now() - interval '1 day' LIMIT ${TROUBLED_AT_MOST}) d) AS "disabledToday"`
  return rows[0] ?? { failing: 0, disabledSoon: 0, disabledToday: 0 }
}

export interface Accepted {
  readonly count: number
  /** What the count covers: shorter than asked for where there was too much to look at. */
  readonly seconds: number
}

const MESSAGES_AT_MOST = 10_000

interface NewestMessages {
  readonly seen: number
  readonly oldest: string | null
  readonly count: number
}

/** The organisation's messages since a moment, by a bounded look at the newest of all. */
export async function countAccepted(
  db: Reader,
  { orgId }: OrgKey,
  { since, now }: { readonly since: Date; readonly now: Date },
): Promise<Accepted> {
  const rows = await db.$queryRaw<NewestMessages[]>`
    WITH newest AS MATERIALIZED (
      SELECT id, app_id FROM message WHERE id >= ${firstIdAt('msg_', since.getTime())}
       ORDER BY id DESC LIMIT ${MESSAGES_AT_MOST})
    SELECT (SELECT count(*)::int FROM newest) AS seen, (SELECT min(id) FROM newest) AS oldest,
           (SELECT count(*)::int FROM newest n
              JOIN application a ON a.id = n.app_id AND a.org_id = ${orgId} AND NOT a.operational) AS count`
  const { seen = 0, oldest = null, count = 0 } = rows[0] ?? {}
  const isCut = seen >= MESSAGES_AT_MOST && oldest !== null
  const fromMs = isCut ? (idTimeMs('msg_', oldest) ?? since.getTime()) : since.getTime()
  return { count, seconds: Math.max((now.getTime() - fromMs) / 1000, 1) }
}

export interface Rescued {
  readonly deliveries: number
  readonly lastAt: Date | null
}

/** Of the installation: what was taken over from workers that died, in the last hours. */
export async function readRescued(db: Reader, hours: number): Promise<Rescued> {
  const rows = await db.$queryRaw<Rescued[]>`
    SELECT coalesce(sum(deliveries), 0)::int AS deliveries, max(last_at) AS "lastAt" FROM lease_rescue
     WHERE hour > now() - make_interval(hours => ${hours}::int)`
  return rows[0] ?? { deliveries: 0, lastAt: null }
}

const QUARANTINED_AT_MOST = 10_001

/** What the sources of an organisation keep for release, each source a thousand at most. */
export async function countQuarantined(db: Reader, { orgId }: OrgKey): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM source s JOIN quarantined_request q ON q.source_id = s.id AND q.released_at IS NULL
       WHERE s.org_id = ${orgId} AND s.deleted_at IS NULL LIMIT ${QUARANTINED_AT_MOST}) kept`
  return rows[0]?.count ?? 0
}

/** Muted or not. */
export function countFiringAlerts(
  db: Pick<PrismaClient, 'alertRule'>,
  { orgId }: OrgKey,
): Promise<number> {
  return db.alertRule.count({ where: { orgId, firingSince: { not: null } } })
}
