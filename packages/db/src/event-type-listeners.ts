import type { PrismaClient } from './generated/client.ts'

export interface ListeningApplication {
  readonly appId: string
  readonly appName: string
  readonly endpoints: number
}

export interface Listeners {
  readonly endpoints: number
  readonly applications: readonly ListeningApplication[]
  readonly applicationCount: number
  readonly takeAll: number
  readonly isCapped: boolean
}

/** No index tells which endpoints chose an event type: so many are looked at. */
const ENDPOINTS_AT_MOST = 20_000
const NAMED = 20

/** Who has chosen an event type, and how many take it because they take every one. */
export async function findListeners(
  db: Pick<PrismaClient, '$queryRaw'>,
  { orgId, name }: { readonly orgId: string; readonly name: string },
): Promise<Listeners> {
  const rows = await db.$queryRaw<(Omit<Listeners, 'isCapped'> & { seen: number })[]>`
    WITH mine AS MATERIALIZED (
      SELECT e.app_id, a.name, e.event_types FROM endpoint e
        JOIN application a ON a.id = e.app_id AND NOT a.operational AND a.deleted_at IS NULL AND a.source_id IS NULL
       WHERE e.org_id = ${orgId} AND e.deleted_at IS NULL LIMIT ${ENDPOINTS_AT_MOST}),
    choosing AS MATERIALIZED (
      SELECT app_id, name, count(*)::int AS endpoints FROM mine WHERE ${name} = ANY (event_types)
       GROUP BY app_id, name),
    first AS (SELECT * FROM choosing ORDER BY endpoints DESC, app_id LIMIT ${NAMED})
    SELECT (SELECT count(*)::int FROM mine) AS seen,
           (SELECT count(*)::int FROM mine WHERE cardinality(event_types) = 0) AS "takeAll",
           (SELECT coalesce(sum(endpoints), 0)::int FROM choosing) AS endpoints,
           (SELECT count(*)::int FROM choosing) AS "applicationCount",
           (SELECT coalesce(jsonb_agg(jsonb_build_object('appId', app_id, 'appName', name, 'endpoints', endpoints)
                                      ORDER BY endpoints DESC, app_id), '[]') FROM first) AS applications`
  const { seen = 0, ...found } = rows[0] ?? {}
  return { ...NONE, ...found, isCapped: seen >= ENDPOINTS_AT_MOST }
}

const NONE = { endpoints: 0, applications: [], applicationCount: 0, takeAll: 0 }
