import { findMessageOrigin } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { payloadKeptUntil } from './payload-kept-until.ts'
import { type PayloadGone, type PayloadGoneContext, tellPayloadGone } from './tell-payload-gone.ts'
import { type Publisher, tellPublisher } from './tell-publisher.ts'

export interface MessageFacts {
  /** Null: the message is gone. */
  readonly publisher: Publisher | null
  /** Null: the payload is gone. */
  readonly payloadKeptUntil: Date | null
  /** Null: it is there. */
  readonly payloadGone: PayloadGone | null
}

/** What is told of one message, and not in lists: who published it, and how long its payload stays. */
export async function tellMessageFacts(
  ctx: PayloadGoneContext,
  scope: AppScope,
  messageId: string,
): Promise<MessageFacts> {
  const origin = await findMessageOrigin(ctx.db.prisma, scope, messageId)
  if (origin === null) return { publisher: null, payloadKeptUntil: null, payloadGone: null }
  return {
    publisher: await tellPublisher(ctx, scope, origin),
    payloadKeptUntil: await payloadKeptUntil(ctx, scope, { messageId, origin }),
    payloadGone: await tellPayloadGone(ctx, scope, { messageId, origin }),
  }
}
