import { inTransaction, lockNamedApplication, markApplicationDeleted } from '@posthorn/db'
import { deleteNoticeAddressesOf } from '@posthorn/db/notice'
import { deleteApplicationNote } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'

/** Its endpoints and portal tokens end with it; its messages stay until retention. */
export function deleteApplication(
  ctx: CoreContext,
  scope: OrgScope,
  idOrUid: string,
): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const application = await lockNamedApplication(tx, scope, idOrUid)
    if (application === null) throw new NotFoundError()
    const { id: appId } = application
    await markApplicationDeleted(tx, appId)
    await deleteApplicationNote(tx, { appId })
    await deleteNoticeAddressesOf(tx, { appId })
    await recordAudit(tx, { ...scope, appId }, { action: 'application.delete', target: appId })
    await announceChange(tx, { kind: 'application', appId, orgId: scope.orgId })
    await announceChange(tx, { kind: 'principal', orgId: scope.orgId })
  })
}
