import { receive, type Received, type ReceivingSource } from '@posthorn/core'
import { LOSANT_TYPE } from '@posthorn/core/ingest'
import { answerWhenReplied } from '../reply/reply-answer.ts'
import { answerFault, answerReceived } from './answer.ts'
import type { Face } from './face.ts'

/** `/in/{token}`: sources by the secret part of their URL. */
export const sourceFace: Face<ReceivingSource> = {
  answerFault,
  find(ctx, token) {
    const found = ctx.sources.find(token)
    return found instanceof Promise ? found.then(notLosant) : notLosant(found)
  },
  async receive(ctx, source, request) {
    using stack = new DisposableStack()
    const { waitForReply, enabled } = source.options
    const place = waitForReply && enabled ? stack.use(ctx.replies.enter(source.id)) : null
    const received = await receive(ctx, source, request)
    // What comes next is judged by the secret just learned, whether or not the change was heard of.
    if (source.secrets.length === 0 && hasLearned(received)) ctx.sources.forget()
    const told = {
      outcome: received.kind,
      ...('messageId' in received && { messageId: received.messageId }),
      ...('reason' in received && { reason: received.reason }),
    }
    if (place === null || !('messageId' in received))
      return { ...told, answer: answerReceived(received, request.headers) }
    stack.move()
    // A repetition waits for the reply to its first.
    const { messageId } = received
    return { ...told, answer: () => answerWhenReplied(place, { messageId }, NO_REPLY) }
  },
}

function notLosant(source: ReceivingSource | null): ReceivingSource | null {
  return source?.type === LOSANT_TYPE ? null : source
}

const NO_REPLY = answerFault({ status: 504, code: 'no_reply', detail: 'Nobody replied in time.' })

function hasLearned(received: Received): boolean {
  return received.kind === 'handshake' && received.answer.learnedSecret !== undefined
}
