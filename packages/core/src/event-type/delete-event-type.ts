import {
  deleteEventTypeRow,
  inTransaction,
  lockEventType,
  type Transaction,
  updateEventType,
} from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'

/** Archives the type: hidden, but kept for its messages. `expunge` deletes it for good. */
export function deleteEventType(
  ctx: CoreContext,
  scope: OrgScope,
  { name, expunge }: { readonly name: string; readonly expunge: boolean },
): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    if ((await lockEventType(tx, scope, name)) === null) throw new NotFoundError()
    if (!expunge) return archiveEventType(tx, scope, name)
    const key = { orgId: scope.orgId, name }
    await deleteEventTypeRow(tx, key)
    await recordAudit(tx, scope, { action: 'event_type.expunge', target: name })
    await announceChange(tx, { kind: 'event_type', ...key })
  })
}

export async function archiveEventType(
  tx: Transaction,
  scope: OrgScope,
  name: string,
): Promise<void> {
  const key = { orgId: scope.orgId, name }
  await updateEventType(tx, key, { archived: true })
  await recordAudit(tx, scope, { action: 'event_type.archive', target: name })
  await announceChange(tx, { kind: 'event_type', ...key })
}
