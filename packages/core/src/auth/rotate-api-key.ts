import { type ApiKey, inTransaction, insertApiKey } from '@posthorn/db'
import { endApiKey, lockApiKey } from '@posthorn/db/staff'
import { newId } from '@posthorn/runtime'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { ForbiddenError, NotFoundError } from '../errors.ts'
import { hashApiKey, newApiKeyText } from './api-key-text.ts'
import type { CreatedApiKey } from './create-api-key.ts'

export interface ApiKeyRotation {
  readonly keyId: string
  readonly gracePeriodSeconds: number
  /** Whether whoever asks may have a key of these scopes. */
  readonly mayMake: (scopes: readonly string[]) => boolean
}

/** A key like the one that is given up, which is still taken for a while: whatever uses it changes over without a gap. */
export async function rotateApiKey(
  ctx: CoreContext,
  scope: OrgScope,
  { keyId, gracePeriodSeconds, mayMake }: ApiKeyRotation,
): Promise<CreatedApiKey> {
  const text = newApiKeyText()
  const nowMs = ctx.clock.nowMs()
  const apiKey = await inTransaction(ctx.db, async (tx) => {
    const former = await lockApiKey(tx, scope, keyId)
    if (former === null || endMs(former) <= nowMs)
      throw new NotFoundError('No such API key is in force')
    if (!mayMake(former.scopes)) throw new ForbiddenError('Keys of this scope are made by owners.')
    const { name, scopes, appIds } = former
    const expiresAt = sameLife(former, nowMs)
    const next = { id: newId('key_', nowMs), name, scopes, appIds, expiresAt }
    const created = await insertApiKey(tx, scope, { ...next, hash: hashApiKey(text) })
    const at = new Date(Math.min(endMs(former), nowMs + gracePeriodSeconds * 1000))
    await endApiKey(tx, scope, { id: keyId, at })
    const changes = {
      expiresAt: { from: former.expiresAt?.toISOString() ?? null, to: at.toISOString() },
      successor: { from: null, to: created.id },
    }
    await recordAudit(tx, scope, { action: 'api_key.rotate', target: keyId, changes })
    await announceChange(tx, { kind: 'principal', orgId: scope.orgId })
    return created
  })
  return { apiKey, text }
}

function endMs({ expiresAt }: ApiKey): number {
  return expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
}

/** As long as the former one was made for. */
function sameLife({ createdAt, expiresAt }: ApiKey, nowMs: number): Date | null {
  return expiresAt === null ? null : new Date(nowMs + expiresAt.getTime() - createdAt.getTime())
}
