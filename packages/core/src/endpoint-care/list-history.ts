import { type AuditRow } from '@posthorn/db'
import { listEndpointAudit } from '@posthorn/db/endpoint-care'
import type { Actor, AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { getEndpointRow } from '../endpoint/get-endpoint.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'

/** Who it was, as far as a customer is told: one of theirs, the vendor's staff or systems, us, the receiver. */
export type ChangedBy = 'customer' | 'staff' | 'api' | 'system' | 'receiver'

export interface EndpointHistoryEntry {
  readonly record: AuditRow
  readonly by: ChangedBy
}

const BY: Readonly<Record<Actor['kind'], ChangedBy>> = {
  portal: 'customer',
  user: 'staff',
  key: 'api',
  token: 'api',
  system: 'system',
  receiver: 'receiver',
}

/** What was done to an endpoint, newest first. Names of staff, keys and sessions stay inside. */
export async function listEndpointHistory(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  { idOrUid, page }: { readonly idOrUid: string; readonly page: PageRequest },
): Promise<Page<EndpointHistoryEntry>> {
  const { id: endpointId } = await getEndpointRow(ctx, scope, idOrUid)
  const found = await listPage(page, {
    fetch: (window) => listEndpointAudit(ctx.db.prisma, scope, { endpointId, window }),
    keyOf: (record) => record.id,
  })
  return { ...found, items: found.items.map((record) => ({ record, by: changedBy(record.actor) })) }
}

function changedBy(actor: string): ChangedBy {
  const kind = actor.split(':')[0] ?? ''
  return isKind(kind) ? BY[kind] : 'system'
}

function isKind(text: string): text is Actor['kind'] {
  return Object.hasOwn(BY, text)
}
