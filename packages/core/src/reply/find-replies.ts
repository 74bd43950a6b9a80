import { findFirstAnswers } from '@posthorn/db'
import { findSourceReplies } from '@posthorn/db/ingest'
import type { CoreContext } from '../context.ts'
import { readStatus, type Reply, replyType } from './reply-parts.ts'

export interface AwaitedReply {
  readonly messageId: string
  /** Whose answer is taken for a reply, where none is made; null: any endpoint's; absent: nobody's. */
  readonly endpointId?: string | null
}

/** Of each message the reply that was made first, else what its endpoint answered; by message. */
export async function findReplies(
  { db }: { readonly db: Pick<CoreContext['db'], 'hot'> },
  awaited: readonly AwaitedReply[],
): Promise<Map<string, Reply>> {
  const made = await findSourceReplies(
    db.hot,
    awaited.map(({ messageId }) => messageId),
  )
  const replies = new Map<string, Reply>(made.map((reply) => [reply.messageId, reply]))
  const open = awaited.flatMap(({ messageId, endpointId }) =>
    endpointId === undefined || replies.has(messageId) ? [] : [{ messageId, endpointId }],
  )
  for (const { messageId, status, contentType, body } of await findFirstAnswers(db, open)) {
    const headers = { 'content-type': replyType(contentType) }
    replies.set(messageId, {
      status: readStatus(status),
      headers,
      body: Buffer.from(body ?? ''),
    })
  }
  return replies
}
