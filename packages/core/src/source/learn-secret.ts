import { inTransaction, lockSource, updateSource } from '@posthorn/db'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { optionsColumn } from './source-input.ts'
import { openSource } from './source-view.ts'

/**
 * Some providers hand their secret over when they first call: it is kept once, by a source that has none.
 * False: it has another.
 */
export function learnSecret(
  ctx: Pick<CoreContext, 'db' | 'vault' | 'clock'>,
  { id, orgId }: { readonly id: string; readonly orgId: string },
  secret: string,
): Promise<boolean> {
  const scope = { orgId, actor: { kind: 'system', reason: 'handshake' } } as const
  return inTransaction(ctx.db, async (tx) => {
    const source = await lockSource(tx, scope, id)
    if (source === null) return false
    const { secrets, options } = openSource(ctx, source)
    if (secrets.length > 0) return secrets.includes(secret)
    const secretLearnedAt = new Date(ctx.clock.nowMs()).toISOString()
    await updateSource(tx, source, {
      secrets: ctx.vault.seal(JSON.stringify([secret])),
      options: optionsColumn({ ...options, secretLearnedAt }),
    })
    await recordAudit(
      tx,
      { ...scope, appId: source.appId },
      { action: 'source.learn_secret', target: id },
    )
    await announceChange(tx, { kind: 'source', orgId, sourceId: id })
    return true
  })
}
