import type { ApplicationKey } from './endpoint.ts'
import type { PrismaClient } from './generated/client.ts'
import { NEWEST_ATTEMPT, type NewestAttempt } from './newest-attempt.ts'
import type { TrafficRow } from './traffic.ts'

export interface EndpointDay {
  readonly endpointId: string
  readonly hours: readonly (Omit<TrafficRow, 'key' | 'startsAt'> & { readonly startsAt: string })[]
  readonly newest: NewestAttempt | null
}

/**
 * Of each endpoint that isn't deleted a stretch of the hourly rollups and, by one probe a week of `attempt_endpoint`,
 * the newest attempt: no attempt is counted, however many there are.
 */
export function readEndpointDays(
  db: Pick<PrismaClient, '$queryRaw'>,
  { orgId, appId }: ApplicationKey,
  { endpointIds, since }: { readonly endpointIds: readonly string[]; readonly since: Date },
): Promise<EndpointDay[]> {
  return db.$queryRaw<EndpointDay[]>`
    SELECT e.id AS "endpointId", coalesce(day.hours, '[]') AS hours, newest.attempt AS newest
      FROM endpoint e
      LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('startsAt', t.starts_at, 'success', t.success, 'fail', t.fail,
                                            'exhausted', t.exhausted, 'latency', t.latency) ORDER BY t.starts_at) AS hours
          FROM traffic_hour t
         WHERE t.app_id = ${appId} AND t.kind = 'endpoint' AND t.key = e.id AND t.starts_at >= ${since}) day ON true
      LEFT JOIN LATERAL (
        SELECT ${NEWEST_ATTEMPT} AS attempt
          FROM attempt a WHERE a.endpoint_id = e.id ORDER BY a.id DESC LIMIT 1) newest ON true
     WHERE e.id = ANY (${[...endpointIds]}::text[]) AND e.org_id = ${orgId} AND e.app_id = ${appId} AND e.deleted_at IS NULL`
}
