import { inTransaction } from '@posthorn/db'
import type { SourceScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { getSource } from './get-source.ts'
import type { SourceView } from './source-view.ts'

/** Whoever calls a source's URL from our pages is on record; the call itself is like any other. */
export async function noteSourceTest(
  ctx: Pick<CoreContext, 'db' | 'vault'>,
  scope: SourceScope,
  idOrUid: string,
): Promise<SourceView> {
  const source = await getSource(ctx, scope, idOrUid)
  const entry = { action: 'source.test', target: source.id }
  await inTransaction(ctx.db, (tx) => recordAudit(tx, { ...scope, appId: source.appId }, entry))
  return source
}
