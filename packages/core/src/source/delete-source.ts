import { inTransaction, lockSource, markApplicationDeleted, markSourceDeleted } from '@posthorn/db'
import type { SourceScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'

/** Its URLs end with it, and its own application with that one's endpoints; messages stay until retention. */
export function deleteSource(ctx: CoreContext, scope: SourceScope, idOrUid: string): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const source = await lockSource(tx, scope, idOrUid)
    if (source === null) throw new NotFoundError()
    const { id: sourceId, appId } = source
    await markSourceDeleted(tx, sourceId)
    const application = await tx.application.findUnique({ where: { id: appId } })
    if (application?.sourceId === sourceId) {
      await markApplicationDeleted(tx, appId)
      await announceChange(tx, { kind: 'application', appId, orgId: scope.orgId })
      await announceChange(tx, { kind: 'principal', orgId: scope.orgId })
    }
    await recordAudit(tx, { ...scope, appId }, { action: 'source.delete', target: sourceId })
    await announceChange(tx, { kind: 'source', orgId: scope.orgId, sourceId })
  })
}
