import { inTransaction } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { RefusedError } from '../errors.ts'
import type { AuthContext } from './context.ts'
import { MAX_PORTAL_SECONDS } from './portal-session.ts'
import type { PortalPrincipal } from './principal.ts'

export interface RenewedAccess {
  readonly token: string
  readonly expiresAt: Date
  /** No renewal reaches beyond. */
  readonly renewableUntil: Date
}

/**
 * A token that continues this one: the same session, grants and id, and the same moment of issue, so that
 * whatever ends the one ends the other, and none lives more than seven days after the first, nor longer than the key that made that.
 */
export async function renewPortalAccess(
  ctx: AuthContext,
  scope: AppScope,
  principal: PortalPrincipal,
): Promise<RenewedAccess> {
  const { sessionId, tokenId, issuedAtMs, lifeSeconds, latestMs } = principal
  if (sessionId.startsWith('staff-')) {
    throw new RefusedError('not_renewable', 'A session of the staff is not renewed.')
  }
  const lastMs = Math.min(
    issuedAtMs + MAX_PORTAL_SECONDS * 1000,
    latestMs ?? Number.POSITIVE_INFINITY,
  )
  const endsAtMs = Math.min(lastMs, ctx.clock.nowMs() + lifeSeconds * 1000)
  const expiresAtMs = Math.floor(endsAtMs / 1000) * 1000
  const { token } = await ctx.tokens.sign({
    subject: scope.appId,
    issuedAtMs,
    expiresAtMs,
    tokenId,
    claims: {
      org: scope.orgId,
      sid: sessionId,
      capabilities: [...principal.capabilities],
      featureFlags: [...principal.featureFlags],
      life: lifeSeconds,
      ...(latestMs === null ? {} : { latest: latestMs / 1000 }),
    },
  })
  const expiresAt = new Date(expiresAtMs)
  const changes = { expiresAt: { from: null, to: expiresAt.toISOString() } }
  await inTransaction(ctx.db, (tx) =>
    recordAudit(tx, scope, { action: 'portal_access.renew', target: tokenId, changes }),
  )
  return { token, expiresAt, renewableUntil: new Date(lastMs) }
}
