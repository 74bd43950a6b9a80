import { inTransaction } from '@posthorn/db'
import { markApiKeyRevoked } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'

/** In force everywhere as soon as the others hear of it, and within the caches' few seconds in any case. */
export async function revokeApiKey(
  ctx: CoreContext,
  scope: OrgScope,
  keyId: string,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const revocation = { id: keyId, at: new Date(ctx.clock.nowMs()) }
    if (!(await markApiKeyRevoked(tx, scope, revocation)))
      throw new NotFoundError('No such API key is in force')
    await recordAudit(tx, scope, { action: 'api_key.revoke', target: keyId })
    await announceChange(tx, { kind: 'principal', orgId: scope.orgId })
  })
}
