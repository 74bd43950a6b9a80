import { inTransaction } from '@posthorn/db'
import { isId, newId } from '@posthorn/runtime'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { InvalidInputError } from '../errors.ts'
import { ensureOrganisation } from '../organisation/ensure-organisation.ts'
import type { AuthContext } from './context.ts'

export interface OrganisationTokenInput {
  /** A new one when left out. */
  readonly orgId?: string | undefined
  readonly expiresInSeconds: number
}

export interface CreatedToken {
  readonly orgId: string
  readonly token: string
  readonly tokenId: string
  readonly expiresAt: Date
}

/** A token that may do everything in one organisation, which it brings into being if need be. */
export async function createOrganisationToken(
  ctx: AuthContext,
  input: OrganisationTokenInput,
): Promise<CreatedToken> {
  const nowMs = ctx.clock.nowMs()
  const orgId = input.orgId ?? newId('org_', nowMs)
  if (!isOrgId(orgId)) {
    const message = 'Must be org_ and 27 base62 characters'
    throw new InvalidInputError([{ path: ['body', 'orgId'], message }])
  }
  await ensureOrganisation(ctx, orgId)
  const expiresAtMs = nowMs + input.expiresInSeconds * 1000
  const signed = await ctx.tokens.sign({ subject: orgId, issuedAtMs: nowMs, expiresAtMs })
  const scope: OrgScope = { orgId, actor: { kind: 'system', reason: 'command_line' } }
  await inTransaction(ctx.db, (tx) =>
    recordAudit(tx, scope, { action: 'organisation_token.create', target: signed.tokenId }),
  )
  return { orgId, ...signed, expiresAt: new Date(expiresAtMs) }
}

// The open-source server's default organisation among them, so that its tokens' data can be moved over.
export function isOrgId(text: string): boolean {
  return isId('org_', text)
}
