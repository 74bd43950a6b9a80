import { randomUUID } from 'node:crypto'
import { inTransaction } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { ForbiddenError } from '../errors.ts'
import { DEFAULT_CAPABILITIES, type Capability } from './capability.ts'
import type { AuthContext } from './context.ts'

export interface PortalAccessInput {
  /** Null: a session of its own. */
  readonly sessionId: string | null
  readonly expirySeconds: number
  /** Null: those of endpoints. */
  readonly capabilities: readonly Capability[] | null
  readonly featureFlags: readonly string[]
  /** When whoever asks is taken no more, and no token of theirs either; null: that is no limit. */
  readonly latestMs: number | null
}

/**
 * A token for one application's portal. It grants no more than whoever asks may do: what concerns sources reaches
 * beyond an application, to the organisation's catalog, and isn't for those who are limited to some.
 */
export async function createPortalAccess(
  ctx: AuthContext,
  scope: AppScope,
  input: PortalAccessInput,
): Promise<string> {
  const capabilities = input.capabilities ?? DEFAULT_CAPABILITIES
  if (
    scope.appIds !== undefined &&
    !capabilities.every((one) => DEFAULT_CAPABILITIES.includes(one))
  )
    throw new ForbiddenError('This key is limited to applications: sources are not theirs alone.')
  const sessionId = input.sessionId ?? randomUUID()
  const issuedAtMs = ctx.clock.nowMs()
  const { featureFlags, latestMs } = input
  const askedMs = issuedAtMs + input.expirySeconds * 1000
  // As the token says it: in whole seconds.
  const expiresAtMs = Math.floor(Math.min(askedMs, latestMs ?? askedMs) / 1000) * 1000
  const { token, tokenId } = await ctx.tokens.sign({
    subject: scope.appId,
    issuedAtMs,
    expiresAtMs,
    claims: {
      org: scope.orgId,
      sid: sessionId,
      capabilities,
      featureFlags,
      ...(latestMs === null ? {} : { latest: Math.floor(latestMs / 1000) }),
    },
  })
  const changes = {
    sessionId: { from: null, to: sessionId },
    capabilities: { from: null, to: capabilities },
    issuedAt: { from: null, to: new Date(issuedAtMs).toISOString() },
    expiresAt: { from: null, to: new Date(expiresAtMs).toISOString() },
  }
  await inTransaction(ctx.db, (tx) =>
    recordAudit(tx, scope, { action: 'portal_access.create', target: tokenId, changes }),
  )
  return token
}
