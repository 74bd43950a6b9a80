import { inTransaction, revokeGroup } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { appGroup, MAX_PORTAL_SECONDS, sessionGroup } from './portal-session.ts'

export interface ExpirePortalInput {
  /** Empty: every session of the application. */
  readonly sessionIds: readonly string[]
  /** Seconds that the tokens issued so far may still be used. */
  readonly delaySeconds: number
}

/** Ends the portal tokens issued up to now; those issued later are unaffected. */
export async function expirePortalAccess(
  ctx: CoreContext,
  scope: AppScope,
  input: ExpirePortalInput,
): Promise<void> {
  const { sessionIds, delaySeconds } = input
  const groups =
    sessionIds.length === 0
      ? [appGroup(scope.appId)]
      : [...new Set(sessionIds)].toSorted().map((id) => sessionGroup(scope.appId, id))
  const issuedUpTo = new Date(ctx.clock.nowMs())
  await inTransaction(ctx.db, async (tx) => {
    for (const group of groups) {
      await revokeGroup(tx, { group, issuedUpTo, delaySeconds, maxLifeSeconds: MAX_PORTAL_SECONDS })
    }
    const changes = {
      sessionIds: { from: null, to: sessionIds },
      delaySeconds: { from: null, to: delaySeconds },
    }
    await recordAudit(tx, scope, { action: 'portal_access.expire', target: scope.appId, changes })
    await announceChange(tx, { kind: 'principal', orgId: scope.orgId })
  })
}
