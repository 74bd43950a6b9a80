import { type AuditRow } from '@posthorn/db'
import { listEndpointAudit } from '@posthorn/db/endpoint-care'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { type DoneByKind, doneByKind } from '../done-by.ts'
import { getEndpointRow } from '../endpoint/get-endpoint.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'

export interface EndpointHistoryEntry {
  readonly record: AuditRow
  readonly by: DoneByKind
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
  return {
    ...found,
    items: found.items.map((record) => ({ record, by: doneByKind(record.actor) })),
  }
}
