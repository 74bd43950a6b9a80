import { receive, type ReceivingSource } from '@posthorn/core'
import { LOSANT_TYPE } from '@posthorn/core/ingest'
import type { WaitingPlace } from '../reply/replies.ts'
import { answerReply } from '../reply/reply-answer.ts'
import { type Answer, answerFault, answerReceived } from './answer.ts'
import type { Face } from './face.ts'

/** `/in/{token}`: sources by the secret part of their URL. */
export const sourceFace: Face<ReceivingSource> = {
  answerFault,
  async find(ctx, token) {
    const source = await ctx.sources.find(token)
    return source?.type === LOSANT_TYPE ? null : source
  },
  async receive(ctx, source, request) {
    using stack = new DisposableStack()
    const { waitForReply, enabled } = source.options
    const place = waitForReply && enabled ? stack.use(ctx.replies.enter(source.id)) : null
    const received = await receive(ctx, source, request)
    const told = {
      outcome: received.kind,
      ...('messageId' in received && { messageId: received.messageId }),
      ...('reason' in received && { reason: received.reason }),
    }
    if (place === null || !('messageId' in received))
      return { ...told, answer: answerReceived(received, request.headers) }
    stack.move()
    return { ...told, answer: () => answerWhenReplied(place, received.messageId) }
  },
}

// A repetition waits for the reply to its first.
async function answerWhenReplied(place: WaitingPlace, messageId: string): Promise<Answer> {
  using waiting = place
  const reply = await waiting.wait({ messageId })
  return reply === null ? answerFault(NO_REPLY) : answerReply(reply)
}

const NO_REPLY = { status: 504, code: 'no_reply', detail: 'Nobody replied in time.' } as const
