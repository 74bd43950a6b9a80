import { type LimitedKey, withinLimit } from './application-limit.ts'
import type { Transaction } from './database.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import type { KeyWindow } from './keyset.ts'
import { down, troubled } from './outage.ts'

/** Of a wider outage than this one look writes a part, and the next ones the rest. */
const WRITTEN_AT_MOST = 1_000
/** Of one application at one host: of these it is told what they fail for. */
const SAMPLE = 10

/**
 * Ends the outages of which nothing fails any more, and writes which applications the others touch, and where one no
 * longer does. An application is judged by its own endpoints: what fails for others at a host says nothing about it.
 * What is as it was is not written again.
 */
export async function followTrouble(
  tx: Transaction,
  { orgId, now }: { readonly orgId: string; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    WITH ${troubled({ orgId })},
    over AS (
      UPDATE outage o SET ended_at = ${now}::timestamptz
       WHERE org_id = ${orgId} AND ended_at IS NULL AND NOT EXISTS (SELECT FROM troubled t WHERE t.host = o.host)),
    down_alone AS MATERIALIZED (${down({ orgId }, ['app_id', 'host'])}),
    touched AS MATERIALIZED (
      SELECT o.id AS outage_id, t.app_id, count(*)::int AS endpoints, min(t.since) AS began_at,
             (array_agg(t.id ORDER BY t.since, t.id))[1:${SAMPLE}::int] AS sample
        FROM troubled t
        JOIN outage o ON o.org_id = ${orgId} AND o.host = t.host AND o.ended_at IS NULL
       WHERE t.fails OR (t.app_id, t.host) IN (SELECT app_id, host FROM down_alone)
       GROUP BY o.id, t.app_id),
    ended AS (
      UPDATE outage_application x SET ended_at = coalesce(o.ended_at, ${now}::timestamptz)
        FROM outage o
       WHERE o.id = x.outage_id AND o.org_id = ${orgId} AND x.ended_at IS NULL
         AND NOT EXISTS (SELECT FROM touched t WHERE t.outage_id = x.outage_id AND t.app_id = x.app_id)),
    changed AS MATERIALIZED (
      SELECT t.* FROM touched t
        LEFT JOIN outage_application x ON x.app_id = t.app_id AND x.outage_id = t.outage_id
       WHERE x.app_id IS NULL OR x.ended_at IS NOT NULL OR x.endpoints < t.endpoints OR x.began_at > t.began_at
       ORDER BY t.app_id, t.outage_id LIMIT ${WRITTEN_AT_MOST})
    INSERT INTO outage_application (outage_id, app_id, began_at, endpoints, causes)
    SELECT outage_id, app_id, began_at, endpoints, ${causesOf(Prisma.sql`sample`)}
      FROM changed ORDER BY app_id, outage_id
    ON CONFLICT (app_id, outage_id) DO UPDATE SET
      ended_at = NULL,
      began_at = least(outage_application.began_at, excluded.began_at),
      endpoints = greatest(outage_application.endpoints, excluded.endpoints),
      causes = CASE WHEN excluded.endpoints >= outage_application.endpoints THEN excluded.causes ELSE outage_application.causes END`
}

function causesOf(endpointIds: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
      SELECT jsonb_agg(jsonb_build_object('code', code, 'endpoints', endpoints))
        FROM (SELECT last.code, count(*)::int AS endpoints FROM unnest(${endpointIds}) e (id)
                LEFT JOIN LATERAL (SELECT code FROM attempt WHERE endpoint_id = e.id ORDER BY id DESC LIMIT 1) last ON true
               GROUP BY last.code) c)`
}

export interface PastOutageRow {
  readonly id: string
  readonly host: string
  readonly beganAt: Date
  readonly endedAt: Date | null
  readonly endpoints: number
  readonly applications: number
  readonly causes: Prisma.JsonValue
}

/** Those that are over for all of some applications that they touched, by these alone; the newest first. */
export function listOwnPastOutages(
  db: Pick<PrismaClient, '$queryRaw'>,
  scope: LimitedKey,
  { after, direction, take }: KeyWindow,
): Promise<PastOutageRow[]> {
  const [than, order] =
    direction === 'asc' ? [Prisma.sql`>`, Prisma.sql`ASC`] : [Prisma.sql`<`, Prisma.sql`DESC`]
  const isBeyond = after === null ? Prisma.sql`true` : Prisma.sql`outage_id ${than} ${after}`
  // The first of each application are enough for the first of all.
  return db.$queryRaw<PastOutageRow[]>`
    WITH own AS MATERIALIZED (
      SELECT id FROM application WHERE org_id = ${scope.orgId} AND deleted_at IS NULL AND ${withinLimit('id', scope)}),
    going_on AS MATERIALIZED (
      SELECT x.outage_id FROM own JOIN outage_application x ON x.app_id = own.id AND x.ended_at IS NULL),
    page AS MATERIALIZED (
      SELECT DISTINCT past.outage_id FROM own CROSS JOIN LATERAL (
             SELECT outage_id FROM outage_application
              WHERE app_id = own.id AND ${isBeyond} AND outage_id NOT IN (SELECT outage_id FROM going_on)
              ORDER BY outage_id ${order} LIMIT ${take}) past
       ORDER BY past.outage_id ${order} LIMIT ${take}),
    shown AS MATERIALIZED (
      SELECT x.* FROM own JOIN outage_application x ON x.app_id = own.id
       WHERE x.outage_id IN (SELECT outage_id FROM page)),
    failed AS MATERIALIZED (
      SELECT outage_id, jsonb_agg(jsonb_build_object('code', code, 'endpoints', endpoints, 'applications', applications)
                                  ORDER BY endpoints DESC, code) AS causes
        FROM (SELECT s.outage_id, c.code, sum(c.endpoints)::int AS endpoints, count(*)::int AS applications
                FROM shown s CROSS JOIN LATERAL jsonb_to_recordset(s.causes) c (code text, endpoints int)
               GROUP BY s.outage_id, c.code) c
       GROUP BY outage_id)
    SELECT o.id, o.host, min(x.began_at) AS "beganAt", max(x.ended_at) AS "endedAt",
           sum(x.endpoints)::int AS endpoints, count(*)::int AS applications, f.causes
      FROM outage o
      JOIN shown x ON x.outage_id = o.id
      LEFT JOIN failed f ON f.outage_id = o.id
     GROUP BY o.id, f.causes ORDER BY o.id ${order}`
}
