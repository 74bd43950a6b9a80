import { deleteEventTypeRow, inTransaction, lockEventType, updateEventType } from '@posthorn/db'
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
    const key = { orgId: scope.orgId, name }
    if (expunge) await deleteEventTypeRow(tx, key)
    else await updateEventType(tx, key, { archived: true })
    const action = expunge ? 'event_type.expunge' : 'event_type.archive'
    await recordAudit(tx, scope, { action, target: name })
    await announceChange(tx, { kind: 'event_type', ...key })
  })
}
