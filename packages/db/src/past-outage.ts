import type { LimitedKey } from './application-limit.ts'
import type { Transaction } from './database.ts'
import { TROUBLED_AT_MOST } from './failing.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { beyond, type KeyWindow } from './keyset.ts'
import { followTrouble, listOwnPastOutages, type PastOutageRow } from './outage-application.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>

/** What failed alike of an outage; null: not known any more. */
export interface PastCause {
  readonly code: string | null
  readonly endpoints: number
  readonly applications: number
}

export interface SeenOutage {
  /** Of the row that it gets should it be new. */
  readonly id: string
  readonly host: string
  readonly beganAt: Date
  readonly endpoints: number
  readonly applications: number
  readonly causes: readonly PastCause[]
}

export interface PastOutage extends SeenOutage {
  readonly endedAt: Date
}

/** Those where an endpoint fails, or of which an outage was seen that isn't known to be over, for all or for one. */
export async function findOrganisationsInTrouble(db: Reader, take: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ orgId: string }[]>`
    SELECT org_id AS "orgId" FROM (
      SELECT org_id FROM outage WHERE ended_at IS NULL
      UNION
      SELECT o.org_id FROM outage_application x JOIN outage o ON o.id = x.outage_id WHERE x.ended_at IS NULL
      UNION
      SELECT e.org_id FROM (
        SELECT endpoint_id FROM endpoint_state WHERE failing_since IS NOT NULL
         ORDER BY failing_since LIMIT ${TROUBLED_AT_MOST}) t
        JOIN endpoint e ON e.id = t.endpoint_id) o
     ORDER BY org_id LIMIT ${take}`
  return rows.map(({ orgId }) => orgId)
}

interface Look {
  readonly orgId: string
  readonly seen: readonly SeenOutage[]
  readonly now: Date
  /** What ended later than this and is there again had not ended. */
  readonly sameSince: Date
}

/** What is seen goes on; what is written as going on and no longer is has ended. */
export async function recordOutages(tx: Transaction, look: Look): Promise<void> {
  // Two that look at once would take each other's rows in any order.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('posthorn.outages'), hashtext(${look.orgId}))`
  if (look.seen.length > 0) await keepGoing(tx, look)
  await followTrouble(tx, look)
}

async function keepGoing(tx: Transaction, { orgId, seen, sameSince }: Look): Promise<void> {
  const hosts = seen.map(({ host }) => host)
  await tx.$executeRaw`
    UPDATE outage SET ended_at = NULL WHERE id IN (
      SELECT DISTINCT ON (host) id FROM outage o
       WHERE org_id = ${orgId} AND host = ANY (${hosts}::text[]) AND ended_at > ${sameSince}::timestamptz
         AND NOT EXISTS (SELECT FROM outage g WHERE g.org_id = o.org_id AND g.host = o.host AND g.ended_at IS NULL)
       ORDER BY host, ended_at DESC)`
  await tx.$executeRaw`
    INSERT INTO outage (id, org_id, host, began_at, endpoints, applications, causes)
    SELECT id, ${orgId}, host, "beganAt", endpoints, applications, causes
      FROM jsonb_to_recordset(${JSON.stringify(seen)}::jsonb)
        AS s (id text, host text, "beganAt" timestamptz, endpoints int, applications int, causes jsonb)
     ORDER BY host
    ON CONFLICT (org_id, host) WHERE ended_at IS NULL DO UPDATE SET
      began_at = least(outage.began_at, excluded.began_at),
      endpoints = greatest(outage.endpoints, excluded.endpoints),
      applications = greatest(outage.applications, excluded.applications),
      causes = CASE WHEN excluded.endpoints >= outage.endpoints THEN excluded.causes ELSE outage.causes END`
}

/** Those that are over, the newest first; to who is limited to some applications, theirs by what concerns these. */
export async function listPastOutages(
  db: Pick<PrismaClient, 'outage' | '$queryRaw'>,
  scope: LimitedKey,
  window: KeyWindow,
): Promise<PastOutage[]> {
  const rows =
    scope.appIds === undefined
      ? await listAll(db, scope, window)
      : await listOwnPastOutages(db, scope, window)
  return rows.flatMap(({ endedAt, causes, ...row }) =>
    endedAt === null ? [] : [{ ...row, endedAt, causes: readCauses(causes) }],
  )
}

function listAll(
  { outage }: Pick<PrismaClient, 'outage'>,
  { orgId }: LimitedKey,
  window: KeyWindow,
): Promise<PastOutageRow[]> {
  return outage.findMany({
    where: { orgId, endedAt: { not: null }, id: beyond(window) },
    orderBy: { id: window.direction },
    take: window.take,
  })
}

/** What `recordOutages` wrote: nobody else writes it. */
function readCauses(causes: Prisma.JsonValue): PastCause[] {
  return Array.isArray(causes) ? causes.map((cause) => Object(cause) as PastCause) : []
}
