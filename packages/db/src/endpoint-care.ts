import type { Database, Transaction } from './database.ts'
import type { ApplicationKey, EndpointRow } from './endpoint.ts'
import { type AuditRecord, Prisma, type PrismaClient } from './generated/client.ts'
import { beyond, type KeyWindow } from './keyset.ts'

type Reader = PrismaClient | Transaction

/** What an endpoint of that health can't be without, as far as a look at its row and state tells. */
export type HealthHint = 'disabled' | 'troubled' | 'limited' | 'enabled'

export interface EndpointSearch {
  /** Part of its URL, description, uid or id; null: any. */
  readonly text: string | null
  readonly hint: HealthHint | null
  readonly isWorstFirst: boolean
  /** On `key`. */
  readonly window: KeyWindow
}

export interface FoundEndpoint {
  /** Its place in the list. */
  readonly key: string
  readonly endpoint: EndpointRow
}

// What fails in a row, the longest first; what waits for its limit; what is disabled; the rest: newest first.
// Of the rows that are kept anyway, so all of an application's endpoints are ranked without a look at attempts.
const WORST_KEY = Prisma.sql`
  CASE WHEN e.disabled THEN '3.' || lpad((9e15 - extract(epoch FROM coalesce(e.disabled_at, e.created_at)) * 1e6)::bigint::text, 16, '0')
       WHEN s.failure_count >= 5 OR s.breaker_opened_at IS NOT NULL
         THEN '1.' || lpad((extract(epoch FROM coalesce(s.failing_since, s.breaker_opened_at, e.created_at)) * 1e6)::bigint::text, 16, '0')
       WHEN s.rate IS NOT NULL AND s.next_turn_at IS NOT NULL
         THEN '2.' || lpad((9e15 - extract(epoch FROM e.created_at) * 1e6)::bigint::text, 16, '0')
       ELSE '4.' || lpad((9e15 - extract(epoch FROM e.created_at) * 1e6)::bigint::text, 16, '0') END
  || '.' || e.id`

/** Reads the endpoints of one application at most, of which there is a bounded number. */
export async function searchEndpoints(
  db: Reader,
  { orgId, appId }: ApplicationKey,
  { text, hint, isWorstFirst, window }: EndpointSearch,
): Promise<FoundEndpoint[]> {
  const key = isWorstFirst ? WORST_KEY : Prisma.sql`e.id`
  const found = await db.$queryRaw<{ id: string; key: string }[]>`
    SELECT id, key FROM (
      SELECT e.id, (${key}) COLLATE "C" AS key
        FROM endpoint e LEFT JOIN endpoint_state s ON s.endpoint_id = e.id
       WHERE e.org_id = ${orgId} AND e.app_id = ${appId} AND e.deleted_at IS NULL
         AND (${text}::text IS NULL OR position(lower(${text}::text) IN lower(
              concat_ws(E'\n', e.url, e.description, e.uid, e.id))) > 0)
         AND CASE ${hint}::text
               WHEN 'disabled' THEN e.disabled
               WHEN 'enabled' THEN NOT e.disabled
               WHEN 'limited' THEN NOT e.disabled AND s.rate IS NOT NULL
               WHEN 'troubled' THEN NOT e.disabled AND (s.failing_since IS NOT NULL OR s.breaker_opened_at IS NOT NULL
                 OR EXISTS (SELECT 1 FROM endpoint_stat t WHERE t.endpoint_id = e.id AND t.fail > 0
                             AND t.hour > now() - interval '24 hours'))
               ELSE true END) listed
     WHERE ${window.after}::text IS NULL
        OR CASE WHEN ${window.direction} = 'asc' THEN key > ${window.after} ELSE key < ${window.after} END
     ORDER BY CASE WHEN ${window.direction} = 'asc' THEN key END, key DESC
     LIMIT ${window.take}`
  const rows = await db.endpoint.findMany({ where: { id: { in: found.map(({ id }) => id) } } })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return found.flatMap(({ id, key }) => {
    const endpoint = byId.get(id)
    return endpoint === undefined ? [] : [{ key, endpoint }]
  })
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
