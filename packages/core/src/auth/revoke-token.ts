import { inTransaction, revokeTokenId } from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import type { AuthContext } from './context.ts'

export interface TokenToRevoke {
  readonly tokenId: string
  readonly expiresAt: Date
}

/** Ends one token, whichever kind it is of, before its time. */
export async function revokeToken(
  ctx: CoreContext,
  scope: OrgScope,
  token: TokenToRevoke,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await revokeTokenId(tx, token)
    await recordAudit(tx, scope, { action: 'token.revoke', target: token.tokenId })
    await announceChange(tx, { kind: 'principal', orgId: scope.orgId })
  })
}

/** Ends the token that this text is, for whoever holds it: `posthorn token revoke`. */
export async function revokeTokenText(ctx: AuthContext, text: string): Promise<void> {
  const token = await ctx.tokens.verify(text, ctx.clock.nowMs())
  const orgId = typeof token.claims['org'] === 'string' ? token.claims['org'] : token.subject
  const scope: OrgScope = { orgId, actor: { kind: 'system', reason: 'command_line' } }
  await revokeToken(ctx, scope, { tokenId: token.tokenId, expiresAt: new Date(token.expiresAtMs) })
}
