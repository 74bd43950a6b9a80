import { type Database, expungeResponse, inTransaction } from '@posthorn/db'
import { isId } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { NotFoundError } from '../errors.ts'
import { getMessageId } from '../message/get-message.ts'
import type { AttemptRef } from './get-attempt.ts'

/** Removes what the receiver answered for good. */
export async function expungeAttemptContent(
  ctx: { readonly db: Database },
  scope: AppScope,
  { message, attemptId }: AttemptRef,
): Promise<void> {
  const messageId = await getMessageId(ctx, scope, message)
  if (!isId('atmpt_', attemptId)) throw new NotFoundError('Message attempt not found')
  await inTransaction(ctx.db, async (tx) => {
    const isFound = await expungeResponse(tx, scope, { messageId, id: attemptId })
    if (!isFound) throw new NotFoundError('Message attempt not found')
    await recordAudit(tx, scope, { action: 'attempt.expunge_content', target: attemptId })
  })
}
