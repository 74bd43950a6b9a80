import { type Database, inTransaction, removePayload } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { getMessageId } from './get-message.ts'

export const EXPUNGE_ACTION = 'message.expunge_content'

/** Removes the payload for good; what is still to be delivered of it fails as `payload_expired`. */
export async function expungeMessageContent(
  ctx: { readonly db: Database },
  scope: AppScope,
  idOrEventId: string,
): Promise<void> {
  const id = await getMessageId(ctx, scope, idOrEventId)
  await inTransaction(ctx.db, async (tx) => {
    if (!(await removePayload(tx, scope, id))) return
    await recordAudit(tx, scope, { action: EXPUNGE_ACTION, target: id })
  })
}
