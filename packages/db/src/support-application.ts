import { FAILS } from './failing.ts'
import type { Application } from './generated/client.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'

type Reader = Pick<PrismaClient, '$queryRaw' | 'application'>
interface OrgKey {
  readonly orgId: string
}

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

/** In the order of the ids; what is not, or no longer, the organisation's is left out. */
export async function findApplicationsById(
  db: Reader,
  { orgId }: OrgKey,
  ids: readonly string[],
): Promise<Application[]> {
  const rows = await db.application.findMany({
    where: { orgId, id: { in: [...ids] }, deletedAt: null, operational: false },
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
