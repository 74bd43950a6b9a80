import type { ReceivingSource } from '@posthorn/core'
import {
  LOSANT_TYPE,
  type LosantReceived,
  type LosantSettings,
  losantSettingsOf,
  receiveLosant,
} from '@posthorn/core/ingest'
import type { Face, FaceAnswer } from '../http/face.ts'
import { answerWhenReplied } from '../reply/reply-answer.ts'
import { answerAccepted, answerLosantFault, SUCCESS, TIMED_OUT } from './losant-answer.ts'

/** `/webhooks/{token}` with anything behind it: a message per call, and the webhook's answer or its reply. */
export const losantFace: Face<ReceivingSource> = {
  answerFault: answerLosantFault,
  async find(ctx, token) {
    const source = await ctx.sources.find(token)
    return source?.type === LOSANT_TYPE ? source : null
  },
  // Every call counts, whatever becomes of it.
  waitOf: (ctx, { id }) => ctx.windows.losant.take(id),
  async receive(ctx, source, request) {
    const settings = losantSettingsOf(source.config)
    using stack = new DisposableStack()
    const waits = settings.waitForReply && source.options.enabled
    const place = waits ? stack.use(ctx.replies.enter(source.id)) : null
    const received = await receiveLosant(ctx, source, request)
    if (received.kind !== 'accepted' || place === null) return toAnswer(settings, received)
    const { messageId } = received
    stack.move()
    const fromEndpoint = settings.replyFrom === 'endpoint' && { endpointId: null }
    const awaited = { messageId, ...fromEndpoint }
    return {
      answer: () => answerWhenReplied(place, awaited, TIMED_OUT),
      outcome: 'accepted',
      messageId,
    }
  },
}

function toAnswer(settings: LosantSettings, received: LosantReceived): FaceAnswer {
  switch (received.kind) {
    case 'accepted':
      return { ...received, answer: answerAccepted(settings), outcome: 'accepted' }
    case 'disabled':
      return { answer: SUCCESS, outcome: 'refused', reason: 'disabled' }
    case 'handshake': {
      const { status, body } = received
      const headers = { ...SUCCESS.headers, 'content-type': 'text/plain; charset=utf-8' }
      return { answer: { status, body, headers }, outcome: 'handshake' }
    }
    case 'refused': {
      const { status, reason, detail } = received
      const headers = status === 401 ? { 'www-authenticate': 'Basic realm="webhook"' } : {}
      const answer = answerLosantFault({ status, code: reason, detail, headers })
      return { answer, outcome: 'refused', reason }
    }
  }
}
