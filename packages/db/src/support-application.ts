import { idsWithinLimit, type LimitedKey, withinLimit } from './application-limit.ts'
import { FAILS, TROUBLED_AT_MOST } from './failing.ts'
import type { Application } from './generated/client.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import type { KeyWindow } from './keyset.ts'

type Reader = Pick<PrismaClient, '$queryRaw' | 'application'>

/** Which endpoints an application has, for which it is looked for. */
export type EndpointsHeld = 'none' | 'failing' | 'disabled'

const HOLDS: Readonly<Record<EndpointsHeld, Prisma.Sql>> = {
  none: Prisma.sql`NOT EXISTS (SELECT 1 FROM endpoint e WHERE e.app_id = a.id AND e.deleted_at IS NULL)`,
  disabled: Prisma.sql`EXISTS (SELECT 1 FROM endpoint e WHERE e.app_id = a.id AND e.deleted_at IS NULL AND e.disabled)`,
  failing: Prisma.sql`EXISTS (SELECT 1 FROM endpoint e JOIN endpoint_state t ON t.endpoint_id = e.id
                               WHERE e.app_id = a.id AND e.deleted_at IS NULL AND NOT e.disabled AND ${FAILS})`,
}

/** Of these applications, those whose endpoints are so. */
export async function filterByEndpoints(
  db: Reader,
  appIds: readonly string[],
  held: EndpointsHeld,
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM unnest(${[...appIds]}::text[]) a (id) WHERE ${HOLDS[held]}`
  return new Set(rows.map(({ id }) => id))
}

export interface HoldingWindow {
  readonly held: Exclude<EndpointsHeld, 'none'>
  readonly window: KeyWindow
}

/** The same from the other end: the few endpoints that are so have an index, and say whose they are. */
export async function listHolding(
  db: Reader,
  scope: LimitedKey,
  { held, window: { after, direction, take } }: HoldingWindow,
): Promise<string[]> {
  const [beyond, order] =
    direction === 'asc' ? [Prisma.sql`>`, Prisma.sql`ASC`] : [Prisma.sql`<`, Prisma.sql`DESC`]
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT a.id FROM (${endpointsThatAre(held, scope)}) e
      JOIN application a ON a.id = e.app_id AND NOT a.operational AND a.deleted_at IS NULL AND a.source_id IS NULL
     WHERE ${after === null ? Prisma.sql`true` : Prisma.sql`a.id ${beyond} ${after}`}
     ORDER BY a.id ${order} LIMIT ${take}`
  return rows.map(({ id }) => id)
}

function endpointsThatAre(held: HoldingWindow['held'], scope: LimitedKey): Prisma.Sql {
  const { orgId } = scope
  const isWithin = withinLimit('e.app_id', scope)
  if (held === 'disabled')
    return Prisma.sql`
      SELECT app_id FROM endpoint e
       WHERE org_id = ${orgId} AND disabled AND deleted_at IS NULL AND ${isWithin} LIMIT ${TROUBLED_AT_MOST}`
  return Prisma.sql`
    SELECT e.app_id
      FROM (SELECT endpoint_id, failure_count, breaker_opened_at FROM endpoint_state
             WHERE failing_since IS NOT NULL ORDER BY failing_since LIMIT ${TROUBLED_AT_MOST}) t
      JOIN endpoint e ON e.id = t.endpoint_id AND e.org_id = ${orgId} AND e.deleted_at IS NULL AND NOT e.disabled
     WHERE ${FAILS} AND ${isWithin}`
}

/** In the order of the ids; what is not, or no longer, the organisation's is left out. */
export async function findApplicationsById(
  db: Reader,
  scope: LimitedKey,
  ids: readonly string[],
): Promise<Application[]> {
  const rows = await db.application.findMany({
    where: {
      orgId: scope.orgId,
      id: idsWithinLimit(scope, ids),
      deletedAt: null,
      operational: false,
    },
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

export interface ApplicationFigures {
  readonly endpoints: number
  readonly failing: number
  readonly disabled: number
  readonly waiting: number
  readonly waitingCapped: boolean
  readonly succeeded: number
  readonly failed: number
}

const ENDPOINTS_AT_MOST = 1_001
/** What waits is asked endpoint by endpoint, and in every partition. */
const LOOKED_AT = 100
const WAITING_AT_MOST = 10_001

/** One bounded look at each: its endpoints, what waits at them, the rollups of its last day. */
export async function readApplicationFigures(
  db: Reader,
  appIds: readonly string[],
): Promise<ReadonlyMap<string, ApplicationFigures>> {
  const rows = await db.$queryRaw<(ApplicationFigures & { id: string })[]>`
    SELECT a.id, e.endpoints, e.failing, e.disabled, w.waiting,
           w.waiting >= ${WAITING_AT_MOST} OR e.endpoints > ${LOOKED_AT} AS "waitingCapped",
           coalesce(t.succeeded, 0)::int AS succeeded, coalesce(t.failed, 0)::int AS failed
      FROM unnest(${[...appIds]}::text[]) a (id)
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS endpoints, (count(*) FILTER (WHERE disabled))::int AS disabled,
              (count(*) FILTER (WHERE NOT disabled AND ${FAILS}))::int AS failing
         FROM (SELECT e.disabled, s.failure_count, s.breaker_opened_at
                 FROM endpoint e LEFT JOIN endpoint_state s ON s.endpoint_id = e.id
                WHERE e.app_id = a.id AND e.deleted_at IS NULL LIMIT ${ENDPOINTS_AT_MOST}) t) e
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS waiting
         FROM (SELECT 1 FROM (SELECT id FROM endpoint WHERE app_id = a.id AND deleted_at IS NULL LIMIT ${LOOKED_AT}) e
                CROSS JOIN LATERAL (SELECT 1 FROM delivery d WHERE d.endpoint_id = e.id AND d.wait IS NOT NULL
                                     LIMIT ${WAITING_AT_MOST}) d LIMIT ${WAITING_AT_MOST}) d) w
     CROSS JOIN LATERAL (
       SELECT sum(success) AS succeeded, sum(fail) AS failed FROM traffic_hour h
        WHERE h.app_id = a.id AND h.kind = 'application' AND h.key = '' AND h.starts_at > now() - interval '24 hours') t`
  return new Map(rows.map(({ id, ...figures }) => [id, figures]))
}
