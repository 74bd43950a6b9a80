import { inTransaction, lockSource, updateSource } from '@posthorn/db'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { openSource } from './source-view.ts'

/** Some providers hand their secret over when they first call: it is kept once, by a source that has none. */
export function learnSecret(
  ctx: Pick<CoreContext, 'db' | 'vault'>,
  { id, orgId }: { readonly id: string; readonly orgId: string },
  secret: string,
): Promise<void> {
  const scope = { orgId, actor: { kind: 'system', reason: 'handshake' } } as const
  return inTransaction(ctx.db, async (tx) => {
    const source = await lockSource(tx, scope, id)
    if (source === null || openSource(ctx, source).secrets.length > 0) return
    await updateSource(tx, source, { secrets: ctx.vault.seal(JSON.stringify([secret])) })
    await recordAudit(
      tx,
      { ...scope, appId: source.appId },
      { action: 'source.learn_secret', target: id },
    )
    await announceChange(tx, { kind: 'source', orgId, sourceId: id })
  })
}
