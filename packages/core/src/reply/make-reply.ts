import { inTransaction } from '@posthorn/db'
import { insertSourceReply, isMessageOfSource } from '@posthorn/db/ingest'
import { idTimeMs } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { ConflictError, NotFoundError, RefusedError } from '../errors.ts'
import { type GivenReply, readReply } from './reply-parts.ts'

/** How long a caller waits. */
export const REPLY_MS = 30_000
/** Until their message is committed, and they begin to. */
const COMMIT_MS = 5_000

export interface ReplyTo {
  readonly sourceId: string
  /** The message's id: it names the caller who waits. */
  readonly replyId: string
  readonly reply: GivenReply
}

/**
 * Answers whoever waits for it, in whichever process. Of several the first wins.
 *
 * @throws {NotFoundError} the source received no such message
 * @throws {ConflictError} `already_replied`
 * @throws {RefusedError} `nobody_waits` any more
 */
export async function makeReply(
  ctx: CoreContext,
  scope: AppScope,
  { sourceId, replyId, reply: given }: ReplyTo,
): Promise<void> {
  const reply = readReply(given)
  const { appId } = scope
  const receivedAtMs = idTimeMs('msg_', replyId)
  const isKnown =
    receivedAtMs !== null && (await isMessageOfSource(ctx.db.prisma, { appId, sourceId }, replyId))
  if (!isKnown) throw new NotFoundError('Nobody waits for a reply of this id')
  if (ctx.clock.nowMs() - receivedAtMs > REPLY_MS + COMMIT_MS)
    throw new RefusedError('nobody_waits', 'The caller has been answered: too late')
  await inTransaction(ctx.db, async (tx) => {
    const isFirst = await insertSourceReply(tx, { ...reply, sourceId, messageId: replyId })
    if (!isFirst) throw new ConflictError('A reply was made before: the first one wins', TAKEN)
    await announceChange(tx, { kind: 'reply', messageId: replyId })
  })
}

const TAKEN = 'already_replied'
