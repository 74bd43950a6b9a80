import { type AttemptRecord, type Database, findTask, loadAttempts } from '@posthorn/db'
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

/** To a customer only of a task of their own application: one of the staff over many endpoints is none of theirs. */
export async function tellTask(
  { db }: { readonly db: Database },
  { orgId, appId, actor }: AppScope,
  taskId: string | null,
): Promise<string | null> {
  if (taskId === null || actor.kind !== 'portal') return taskId
  const task = await findTask(db.prisma, { orgId, appId }, taskId)
  return task?.id ?? null
}
