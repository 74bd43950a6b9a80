import { FAILS, TROUBLED_AT_MOST } from './failing.ts'
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

/** Disabled ones of an application that a look takes in, the newest first. */
const DISABLED_OF_ONE = 2_000

/**
 * Of applications with a confirmed address, and of no others: what fails, and what was disabled of late. Walks what
 * fails anywhere and what such an application has that is disabled, a bounded number of each, and never the endpoints
 * that are well. Where nobody asked it costs one look at an empty table. `IS TRUE` keeps the planner from a join that walks
 * all that fail once for each application.
 */
export function listNoticedEndpoints(
  db: Reader,
  { disabledBy, withinDays }: NoticedRule,
): Promise<NoticedEndpoint[]> {
  return db.$queryRaw<NoticedEndpoint[]>`
    WITH asked AS MATERIALIZED (
      SELECT DISTINCT n.app_id FROM notice_address n
        JOIN application a ON a.id = n.app_id AND a.deleted_at IS NULL
       WHERE n.confirmed_at IS NOT NULL),
    troubled AS MATERIALIZED (
      SELECT endpoint_id, app_id, failing_since, failure_count, breaker_opened_at FROM endpoint_state
       WHERE failing_since IS NOT NULL AND EXISTS (SELECT 1 FROM asked)
       ORDER BY failing_since LIMIT ${TROUBLED_AT_MOST}),
    disabled AS MATERIALIZED (
      SELECT d.id, d.app_id, d.host, d.description, d.disabled_at FROM asked
        CROSS JOIN LATERAL (
          SELECT id, app_id, host, description, disabled_at FROM endpoint
           WHERE app_id = asked.app_id AND disabled AND deleted_at IS NULL
             AND disabled_at > now() - ${withinDays}::int * interval '1 day'
             AND disabled_by = ANY (${[...disabledBy]}::text[])
           ORDER BY disabled_at DESC LIMIT ${DISABLED_OF_ONE}) d
       LIMIT ${TROUBLED_AT_MOST})
    SELECT e.id, e.app_id AS "appId", e.host, e.description, NULL::timestamptz AS "disabledAt",
           t.failing_since AS "failingSince", t.failure_count AS "failureCount", t.breaker_opened_at AS "breakerOpenedAt"
      FROM troubled t
      JOIN endpoint e ON e.id = t.endpoint_id AND e.deleted_at IS NULL AND NOT e.disabled
     WHERE ${FAILS} AND (t.app_id IN (SELECT app_id FROM asked)) IS TRUE
    UNION ALL
    SELECT d.id, d.app_id, d.host, d.description, d.disabled_at,
           t.failing_since, coalesce(t.failure_count, 0), t.breaker_opened_at
      FROM disabled d LEFT JOIN endpoint_state t ON t.endpoint_id = d.id
     ORDER BY id`
}

export interface LastFailure {
  readonly endpointId: string
  readonly attemptId: string
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
    SELECT e.id AS "endpointId", last.id AS "attemptId", last.code, last.params, last.url,
           last.response_status AS "responseStatus", last.duration_ms AS "durationMs"
      FROM unnest(${[...endpointIds]}::text[]) e (id)
      CROSS JOIN LATERAL (SELECT id, success, code, params, url, response_status, duration_ms FROM attempt
                           WHERE endpoint_id = e.id ORDER BY id DESC LIMIT 1) last
     WHERE NOT last.success`
}
