import { type EndpointWanted, matchingEndpoint, order } from './endpoint-care.ts'
import type { ApplicationKey } from './endpoint.ts'
import { FAILS } from './failing.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import type { KeyWindow } from './keyset.ts'

export interface WorstEndpoint {
  readonly id: string
  /** Its place in the list. */
  readonly key: string
}

// What fails in a row, the longest first; what waits for its limit; what is disabled; the rest: newest first.
const KEY = Prisma.sql`
  CASE WHEN e.disabled THEN '3.' || lpad((9e15 - extract(epoch FROM coalesce(e.disabled_at, e.created_at)) * 1e6)::bigint::text, 16, '0')
       WHEN ${FAILS}
         THEN '1.' || lpad((extract(epoch FROM coalesce(t.failing_since, t.breaker_opened_at, e.created_at)) * 1e6)::bigint::text, 16, '0')
       WHEN t.rate IS NOT NULL AND t.next_turn_at IS NOT NULL
         THEN '2.' || lpad((9e15 - extract(epoch FROM e.created_at) * 1e6)::bigint::text, 16, '0')
       ELSE '4.' || lpad((9e15 - extract(epoch FROM e.created_at) * 1e6)::bigint::text, 16, '0') END
  || '.' || e.id`

/**
 * Ranks the endpoints of one application, of which there is a bounded number, by the rows that are kept of their
 * state: no attempt or delivery is looked at.
 */
export function listWorstEndpoints(
  db: Pick<PrismaClient, '$queryRaw'>,
  { orgId, appId }: ApplicationKey,
  { window, ...wanted }: EndpointWanted & { readonly window: KeyWindow },
): Promise<WorstEndpoint[]> {
  const { after, direction, take } = window
  const beyond = direction === 'asc' ? Prisma.sql`key > ${after}` : Prisma.sql`key < ${after}`
  return db.$queryRaw<WorstEndpoint[]>`
    SELECT id, key FROM (
      SELECT e.id, (${KEY}) COLLATE "C" AS key
        FROM endpoint e LEFT JOIN endpoint_state t ON t.endpoint_id = e.id
       WHERE e.org_id = ${orgId} AND e.app_id = ${appId} AND e.deleted_at IS NULL
             ${matchingEndpoint(wanted)}) ranked
     WHERE ${after === null ? Prisma.sql`true` : beyond}
     ORDER BY key ${order(window)} LIMIT ${take}`
}
