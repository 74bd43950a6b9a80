import type { Database, Transaction } from './database.ts'
import type { ApplicationKey, EndpointRow } from './endpoint.ts'
import { type AuditRecord, Prisma, type PrismaClient } from './generated/client.ts'
import { beyond, type KeyWindow } from './keyset.ts'

export {
  type FilterPreview,
  filterPreviewSql,
  type PreviewedFilter,
  previewFilter,
} from './filter-preview.ts'

export { type EndpointDay, readEndpointDays } from './endpoint-day.ts'
export { type NewestAttempt, newestAttemptsSql, readNewestAttempts } from './newest-attempt.ts'
export { countFailureCauses, type FailureCauses } from './failure-cause.ts'
export { listTaskDeliveries, type TaskDelivery, taskDeliveryKey } from './task-delivery.ts'
export { listWarnedEndpoints, type WarnedRule } from './warned-endpoint.ts'

type Reader = PrismaClient | Transaction

/** What an endpoint of that health can't be without, as far as a look at its row, state and counters tells. */
export type HealthHint = 'disabled' | 'troubled' | 'limited' | 'untried' | 'tried'

export interface EndpointWanted {
  /** Part of its URL, description, uid or id; null: any. */
  readonly text: string | null
  /** That it takes, because it chose it or takes all; null: any. */
  readonly eventType: string | null
}

export interface EndpointSearch extends EndpointWanted {
  /** Null: any of them is a candidate. */
  readonly hint: { readonly health: HealthHint; readonly successShare: number } | null
  readonly window: KeyWindow
}

export interface FoundEndpoint {
  readonly id: string
  readonly isCandidate: boolean
}

/** Walks the endpoints of one application in the order of `endpoint_list`: no more than the window is looked into. */
export function searchEndpoints(
  db: Reader,
  { orgId, appId }: ApplicationKey,
  { hint, window, ...wanted }: EndpointSearch,
): Promise<FoundEndpoint[]> {
  return db.$queryRaw<FoundEndpoint[]>`
    SELECT e.id, ${candidate(hint)} AS "isCandidate"
      FROM (SELECT id, disabled FROM endpoint e
             WHERE app_id = ${appId} AND org_id = ${orgId} AND deleted_at IS NULL
                   ${beyondId(window)} ${matchingEndpoint(wanted)}
             ORDER BY id ${order(window)} LIMIT ${window.take}) e
     ORDER BY e.id ${order(window)}`
}

export function order({ direction }: KeyWindow): Prisma.Sql {
  return direction === 'asc' ? Prisma.sql`ASC` : Prisma.sql`DESC`
}

function beyondId({ after, direction }: KeyWindow): Prisma.Sql {
  if (after === null) return Prisma.empty
  return direction === 'asc' ? Prisma.sql`AND id > ${after}` : Prisma.sql`AND id < ${after}`
}

/** More conditions on `e`. */
export function matchingEndpoint({ text, eventType }: EndpointWanted): Prisma.Sql {
  const hasText =
    text === null
      ? Prisma.empty
      : Prisma.sql`AND position(lower(${text}::text) IN lower(
    concat_ws(E'\n', e.url, e.description, e.uid, e.id))) > 0`
  if (eventType === null) return hasText
  return Prisma.sql`${hasText} AND (cardinality(e.event_types) = 0 OR ${eventType} = ANY (e.event_types))`
}

// Scalar sub-selects: EXISTS may be planned as one scan of everybody's counters.
const TRIED = Prisma.sql`(SELECT true FROM endpoint_stat t WHERE t.endpoint_id = e.id LIMIT 1) IS NOT NULL`

function candidate(hint: EndpointSearch['hint']): Prisma.Sql {
  if (hint === null) return Prisma.sql`true`
  switch (hint.health) {
    case 'disabled':
      return Prisma.sql`e.disabled`
    case 'untried':
      return Prisma.sql`NOT e.disabled AND NOT (${TRIED})`
    case 'tried':
      return Prisma.sql`NOT e.disabled AND ${TRIED}`
    case 'limited':
      return Prisma.sql`NOT e.disabled AND coalesce((SELECT s.rate IS NOT NULL AND s.next_turn_at IS NOT NULL
        FROM endpoint_state s WHERE s.endpoint_id = e.id), false)`
    case 'troubled':
      return Prisma.sql`NOT e.disabled AND (coalesce((SELECT s.failing_since IS NOT NULL OR s.breaker_opened_at IS NOT NULL
          FROM endpoint_state s WHERE s.endpoint_id = e.id), false)
        OR coalesce((SELECT sum(t.success) < sum(t.success + t.fail) * ${hint.successShare}::float8
          FROM endpoint_stat t WHERE t.endpoint_id = e.id AND t.hour > now() - interval '24 hours'), false))`
  }
}

/** Those that aren't deleted, in no particular order. */
export function findEndpoints(
  db: Reader,
  { orgId, appId }: ApplicationKey,
  ids: readonly string[],
): Promise<EndpointRow[]> {
  return db.endpoint.findMany({ where: { id: { in: [...ids] }, orgId, appId, deletedAt: null } })
}

export interface LiveSecret {
  readonly id: string
  readonly secret: Uint8Array
  readonly createdAt: Date
  readonly expiresAt: Date | null
}

/** Those that sign now, newest first. `endpointId` comes from a scoped read. */
export function listLiveSecrets(db: Reader, endpointId: string): Promise<LiveSecret[]> {
  return db.$queryRaw<LiveSecret[]>`
    SELECT id, secret, created_at AS "createdAt", expires_at AS "expiresAt" FROM endpoint_secret
     WHERE endpoint_id = ${endpointId} AND (expires_at IS NULL OR expires_at > now())
     ORDER BY id DESC`
}

/** Answers how many still signed. */
export async function deleteFormerSecrets(tx: Transaction, endpointId: string): Promise<number> {
  const live = await tx.$queryRaw<unknown[]>`
    WITH gone AS (
      DELETE FROM endpoint_secret WHERE endpoint_id = ${endpointId} AND expires_at IS NOT NULL
      RETURNING expires_at
    )
    SELECT 1 FROM gone WHERE expires_at > now()`
  return live.length
}

export function listEndpointAudit(
  db: Pick<Database['prisma'], 'auditRecord'>,
  { orgId, appId }: ApplicationKey,
  { endpointId, window }: { readonly endpointId: string; readonly window: KeyWindow },
): Promise<AuditRecord[]> {
  return db.auditRecord.findMany({
    where: { orgId, appId, target: endpointId, id: beyond(window) },
    orderBy: { id: window.direction },
    take: window.take,
  })
}
