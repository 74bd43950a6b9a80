import {
  findApplication,
  inTransaction,
  lockNamedApplication,
  markApplicationDeleted,
} from '@posthorn/db'
import { markSourcesOfApplicationDeleted } from '@posthorn/db/ingest'
import { deleteNoticeAddressesOf } from '@posthorn/db/notice'
import { deleteApplicationNote } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'

/** Its endpoints, sources and portal tokens end with it; its messages stay until retention. */
export function deleteApplication(
  ctx: CoreContext,
  scope: OrgScope,
  idOrUid: string,
): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const { orgId } = scope
    const found = await findApplication(tx, scope, idOrUid)
    if (found === null) throw new NotFoundError()
    const { id: appId } = found
    // Sources first, as by whoever deletes one with the application that it owns.
    await markSourcesOfApplicationDeleted(tx, { orgId, appId })
    if ((await lockNamedApplication(tx, scope, appId)) === null) throw new NotFoundError()
    await markApplicationDeleted(tx, appId)
    await deleteApplicationNote(tx, { appId })
    await deleteNoticeAddressesOf(tx, { appId })
    await recordAudit(tx, { ...scope, appId }, { action: 'application.delete', target: appId })
    await announceChange(tx, { kind: 'application', appId, orgId })
    await announceChange(tx, { kind: 'principal', orgId })
  })
}
