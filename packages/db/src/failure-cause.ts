import { Prisma, type PrismaClient } from './generated/client.ts'
import { isFiltering, type MessageFilter, messageMatchesOf } from './message.ts'
import { NEWEST_ATTEMPT, type NewestAttempt } from './newest-attempt.ts'

export interface FailureCause {
  readonly code: string | null
  readonly count: number
  /** At how many endpoints. */
  readonly endpoints: number
  readonly newest: NewestAttempt
}

export interface FailureCauses {
  /** How many attempts were looked at. */
  readonly attempts: number
  /** An endpoint had more of them than were looked at. */
  readonly isPart: boolean
  /** The most frequent first. */
  readonly causes: readonly FailureCause[]
}

export interface FailureCausesQuery {
  readonly endpointIds: readonly string[]
  /** The first id of the time that is looked at. */
  readonly from: string
  readonly filter: MessageFilter
  /** Of each endpoint, its newest. */
  readonly attemptsAtMost: number
}

/** What the newest attempts of some endpoints failed for: one stretch of `attempt_endpoint` for each. */
export async function countFailureCauses(
  db: Pick<PrismaClient, '$queryRaw'>,
  scope: { readonly appId: string },
  { endpointIds, from, filter, attemptsAtMost }: FailureCausesQuery,
): Promise<FailureCauses> {
  const fits = isFiltering(filter) ? messageMatchesOf(scope, filter, 'a') : Prisma.sql`true`
  const rows = await db.$queryRaw<FailureCauses[]>`
    WITH looked AS MATERIALIZED (
      SELECT a.* FROM unnest(${[...endpointIds]}::text[]) e (id)
       CROSS JOIN LATERAL (
             SELECT id, message_id, endpoint_id, success, code FROM attempt
              WHERE endpoint_id = e.id AND app_id = ${scope.appId} AND id >= ${from}
              ORDER BY id DESC LIMIT ${attemptsAtMost}) a),
    fitting AS MATERIALIZED (SELECT * FROM looked a WHERE ${fits}),
    causes AS MATERIALIZED (
      SELECT code, count(*)::int AS count, count(DISTINCT endpoint_id)::int AS endpoints,
             (array_agg(message_id ORDER BY id DESC))[1] AS message_id, max(id) AS id
        FROM fitting WHERE NOT success GROUP BY code)
    SELECT (SELECT count(*)::int FROM fitting) AS attempts,
           coalesce((SELECT max(n) FROM (SELECT count(*) AS n FROM looked GROUP BY endpoint_id) c), 0) >= ${attemptsAtMost} AS "isPart",
           coalesce((SELECT jsonb_agg(jsonb_build_object('code', c.code, 'count', c.count, 'endpoints', c.endpoints,
                            'newest', ${NEWEST_ATTEMPT}) ORDER BY c.count DESC, c.code)
                       FROM causes c
                      CROSS JOIN LATERAL (SELECT * FROM attempt
                                           WHERE message_id = c.message_id AND id = c.id LIMIT 1) a), '[]') AS causes`
  return rows[0] ?? { attempts: 0, isPart: false, causes: [] }
}
