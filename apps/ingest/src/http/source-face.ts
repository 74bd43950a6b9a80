import { receive, type ReceivingSource } from '@posthorn/core'
import { LOSANT_TYPE } from '@posthorn/core/ingest'
import { answerFault, answerReceived } from './answer.ts'
import type { Face } from './face.ts'

/** `/in/{token}`: sources by the secret part of their URL. */
export const sourceFace: Face<ReceivingSource> = {
  answerFault,
  async find(ctx, token) {
    const source = await ctx.sources.find(token)
    return source?.type === LOSANT_TYPE ? null : source
  },
  async receive(ctx, source, request) {
    const received = await receive(ctx, source, request)
    return {
      answer: answerReceived(received, request.headers),
      outcome: received.kind,
      ...('messageId' in received && { messageId: received.messageId }),
      ...('reason' in received && { reason: received.reason }),
    }
  },
}
