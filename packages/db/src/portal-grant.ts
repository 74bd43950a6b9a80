import type { Database } from './database.ts'
import type { AuditRecord } from './generated/client.ts'

export interface GrantSpan {
  /** The first id of the time that is asked about. */
  readonly from: string
  readonly take: number
}

const ACTIONS = ['portal_access.create', 'portal_access.renew']

/** Tokens are stored nowhere: what was recorded when each was given tells of them. Newest first. */
export function listPortalGrants(
  db: Pick<Database['prisma'], 'auditRecord'>,
  { orgId, appId }: { readonly orgId: string; readonly appId: string },
  { from, take }: GrantSpan,
): Promise<AuditRecord[]> {
  return db.auditRecord.findMany({
    where: { orgId, appId, id: { gte: from }, action: { in: ACTIONS } },
    orderBy: { id: 'desc' },
    take,
  })
}
