import { FAILS } from './failing.ts'
import type { PrismaClient } from './generated/client.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>

/** An endpoint in trouble, as its row and its state tell. */
export interface NoticedEndpoint {
  readonly id: string
  readonly appId: string
  readonly host: string | null
  readonly description: string
  readonly disabledAt: Date | null
  readonly failingSince: Date | null
  readonly failureCount: number
  readonly breakerOpenedAt: Date | null
}

export interface NoticedRule {
  /** As `disabledBy` says it: a hand needs no telling. */
  readonly disabledBy: readonly string[]
  readonly withinDays: number
}

/**
 * Of applications with a confirmed address, and of no others: what fails, and what was disabled of late. Walks the
 * endpoints that fail and the few that such an application has, so an installation where nobody asked costs one look
 * at an empty table.
 */
export function listNoticedEndpoints(
  db: Reader,
  { disabledBy, withinDays }: NoticedRule,
): Promise<NoticedEndpoint[]> {
  return db.$queryRaw<NoticedEndpoint[]>`
    WITH asked AS MATERIALIZED (
      SELECT DISTINCT n.app_id FROM notice_address n
        JOIN application a ON a.id = n.app_id AND a.deleted_at IS NULL
       WHERE n.confirmed_at IS NOT NULL)
    SELECT e.id, e.app_id AS "appId", e.host, e.description, CASE WHEN e.disabled THEN e.disabled_at END AS "disabledAt",
           t.failing_since AS "failingSince", coalesce(t.failure_count, 0) AS "failureCount", t.breaker_opened_at AS "breakerOpenedAt"
      FROM asked
      JOIN endpoint e ON e.app_id = asked.app_id AND e.deleted_at IS NULL
      LEFT JOIN endpoint_state t ON t.endpoint_id = e.id
     WHERE CASE WHEN e.disabled
                THEN e.disabled_by = ANY (${[...disabledBy]}::text[])
                     AND e.disabled_at > now() - ${withinDays}::int * interval '1 day'
                ELSE ${FAILS} END
     ORDER BY e.id`
}

export interface LastFailure {
  readonly endpointId: string
  readonly code: string | null
  readonly params: unknown
  readonly url: string
  readonly responseStatus: number
  readonly durationMs: number
}

/** What the newest attempt of each came to, where it failed: one probe a partition for each. */
export function findLastFailures(
  db: Reader,
  endpointIds: readonly string[],
): Promise<LastFailure[]> {
  return db.$queryRaw<LastFailure[]>`
    SELECT e.id AS "endpointId", last.code, last.params, last.url, last.response_status AS "responseStatus",
           last.duration_ms AS "durationMs"
      FROM unnest(${[...endpointIds]}::text[]) e (id)
      CROSS JOIN LATERAL (SELECT success, code, params, url, response_status, duration_ms FROM attempt
                           WHERE endpoint_id = e.id ORDER BY id DESC LIMIT 1) last
     WHERE NOT last.success`
}
