import type { PrismaClient } from './generated/client.ts'

export interface EventTypeAttempts {
  readonly name: string
  readonly succeeded: number
  readonly failed: number
}

export interface AttemptsOfTypes {
  readonly types: readonly EventTypeAttempts[]
  /** More rows of the rollups were there than were looked at. */
  readonly isPart: boolean
}

/** The rollups are kept by application: of so many rows, every organisation's, a sum is made. */
const ROWS_AT_MOST = 200_000
const TYPES_AT_MOST = 1_000

/** Attempts of the organisation's last 24 hours by event type, as far as the rollups got; the busiest first. */
export async function readEventTypeAttempts(
  db: Pick<PrismaClient, '$queryRaw'>,
  { orgId }: { readonly orgId: string },
): Promise<AttemptsOfTypes> {
  const rows = await db.$queryRaw<(EventTypeAttempts & { seen: number })[]>`
    WITH recent AS MATERIALIZED (
      SELECT app_id, key, success, fail FROM traffic_hour
       WHERE starts_at > now() - interval '24 hours' AND kind = 'event_type' LIMIT ${ROWS_AT_MOST})
    SELECT r.key AS name, sum(r.success)::float8 AS succeeded, sum(r.fail)::float8 AS failed,
           (SELECT count(*)::int FROM recent) AS seen
      FROM recent r
      JOIN application a ON a.id = r.app_id AND a.org_id = ${orgId} AND NOT a.operational
     GROUP BY r.key ORDER BY sum(r.success + r.fail) DESC, r.key LIMIT ${TYPES_AT_MOST}`
  return {
    types: rows.map(({ name, succeeded, failed }) => ({ name, succeeded, failed })),
    isPart: (rows[0]?.seen ?? 0) >= ROWS_AT_MOST,
  }
}
