import { type LimitedKey, withinLimit } from './application-limit.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>

export interface FoundAttempt {
  readonly id: string
  readonly messageId: string
  readonly appId: string
  readonly appName: string
  readonly url: string
  readonly number: number
  readonly success: boolean
  readonly responseStatus: number
}

const MINUTE_MS = 60_000
/** An attempt is counted when it has ended, by the database's clock. */
const COUNTED_WITHIN_MS = 3 * MINUTE_MS
const SKEW_MS = MINUTE_MS
const ENDPOINTS_AT_MOST = 10_000
const DELTAS_AT_MOST = 1_000

/**
 * No index tells attempts by their id alone. Its time does nearly: the rollups say which endpoints had an
 * attempt at that time, and each is one probe. So it finds those of the last 32 days, as long as rollups are kept.
 */
export async function findAttempt(
  db: Reader,
  scope: LimitedKey,
  { id, atMs }: { readonly id: string; readonly atMs: number },
): Promise<FoundAttempt | null> {
  const [from, to] = [new Date(atMs - SKEW_MS - MINUTE_MS), new Date(atMs + COUNTED_WITHIN_MS)]
  const hourFrom = new Date(from.getTime() - 59 * MINUTE_MS)
  // By minutes as long as these are kept.
  const isRecent = Prisma.sql`${new Date(atMs)}::timestamptz > now() - interval '25 hours'`
  const rows = await db.$queryRaw<FoundAttempt[]>`
    WITH active AS MATERIALIZED (
      SELECT DISTINCT endpoint_id FROM (
        (SELECT unnest(endpoint_ids) AS endpoint_id FROM (
           SELECT endpoint_ids, minute FROM traffic_delta WHERE ${isRecent} ORDER BY id DESC LIMIT ${DELTAS_AT_MOST}) newest
          WHERE minute BETWEEN ${from} AND ${to})
        UNION ALL
        (SELECT key FROM traffic_minute WHERE ${isRecent} AND kind = 'endpoint' AND starts_at BETWEEN ${from} AND ${to})
        UNION ALL
        (SELECT key FROM traffic_hour WHERE NOT ${isRecent} AND kind = 'endpoint' AND starts_at BETWEEN ${hourFrom} AND ${to})
      ) counted LIMIT ${ENDPOINTS_AT_MOST}),
    mine AS MATERIALIZED (
      SELECT e.id, a.id AS app_id, a.name FROM active
        JOIN endpoint e ON e.id = active.endpoint_id AND e.org_id = ${scope.orgId} AND ${withinLimit('e.app_id', scope)}
        JOIN application a ON a.id = e.app_id AND NOT a.operational AND a.deleted_at IS NULL)
    SELECT t.id, t.message_id AS "messageId", mine.app_id AS "appId", mine.name AS "appName", t.url,
           t.number::int AS number, t.success, t.response_status::int AS "responseStatus"
      FROM mine CROSS JOIN LATERAL (
        SELECT id, message_id, url, number, success, response_status FROM attempt
         WHERE endpoint_id = mine.id AND id = ${id} LIMIT 1) t
     LIMIT 1`
  return rows[0] ?? null
}
