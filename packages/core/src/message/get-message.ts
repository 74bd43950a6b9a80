import { type Database, findMessageId, loadMessages, type MessageRow } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { NotFoundError } from '../errors.ts'

export interface GetMessageInput {
  /** The id or the publisher's `eventId`. */
  readonly message: string
  readonly withContent: boolean
}

export async function getMessage(
  ctx: { readonly db: Database },
  scope: AppScope,
  { message, withContent }: GetMessageInput,
): Promise<MessageRow> {
  const id = await getMessageId(ctx, scope, message)
  const [row] = await loadMessages(ctx.db, scope, { ids: [id], withContent })
  if (row === undefined) throw new NotFoundError()
  return row
}

export async function getMessageId(
  ctx: { readonly db: Database },
  scope: AppScope,
  idOrEventId: string,
): Promise<string> {
  const id = await findMessageId(ctx.db.prisma, scope, idOrEventId)
  if (id === null) throw new NotFoundError('Message not found')
  return id
}
