import { type AttemptRecord, type Database, loadAttempts } from '@posthorn/db'
import { isId } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { NotFoundError } from '../errors.ts'
import { getMessageId } from '../message/get-message.ts'

export interface AttemptRef {
  readonly message: string
  readonly attemptId: string
}

export async function getAttempt(
  ctx: { readonly db: Database },
  scope: AppScope,
  { message, attemptId }: AttemptRef,
): Promise<AttemptRecord> {
  const messageId = await getMessageId(ctx, scope, message)
  if (!isId('atmpt_', attemptId)) throw new NotFoundError()
  const [attempt] = await loadAttempts(ctx.db, scope, {
    ids: [attemptId],
    messageIds: [messageId],
    withContent: true,
  })
  if (attempt === undefined) throw new NotFoundError()
  return attempt
}
