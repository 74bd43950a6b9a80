import type { ApplicationKey } from './endpoint.ts'
import type { PrismaClient } from './generated/client.ts'

export interface WarnedRule {
  /** As `disabledBy` says it. */
  readonly disabledBy: string
  readonly withinDays: number
  /** Nothing but failure for so long, and so many failures at least: it is disabled soon. */
  readonly failingSeconds: number
  readonly failures: number
  readonly take: number
}

/**
 * Endpoints of one application, of which there is a bounded number, that are disabled soon, the soonest first, or were
 * disabled of late by `disabledBy`, the latest first.
 */
export function listWarnedEndpoints(
  db: Pick<PrismaClient, '$queryRaw'>,
  { orgId, appId }: ApplicationKey,
  rule: WarnedRule,
): Promise<{ id: string }[]> {
  return db.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM endpoint e LEFT JOIN endpoint_state t ON t.endpoint_id = e.id
     WHERE e.org_id = ${orgId} AND e.app_id = ${appId} AND e.deleted_at IS NULL
       AND CASE WHEN e.disabled
                THEN e.disabled_by = ${rule.disabledBy} AND e.disabled_at > now() - ${rule.withinDays}::int * interval '1 day'
                ELSE t.failure_count >= ${rule.failures}
                     AND t.failing_since < now() - ${rule.failingSeconds}::float8 * interval '1 second' END
     ORDER BY e.disabled, CASE WHEN NOT e.disabled THEN t.failing_since END, e.disabled_at DESC, e.id LIMIT ${rule.take}`
}
