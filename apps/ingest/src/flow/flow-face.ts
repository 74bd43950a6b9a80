import { type FlowReceived, receiveFlow, type ReceivingFlow } from '@posthorn/core'
import type { IngestContext } from '../context.ts'
import { type Answer, answerError } from '../http/answer.ts'
import type { Face, FaceAnswer } from '../http/face.ts'
import { answerFlow, PAUSED, TIMED_OUT } from './flow-answer.ts'

/** `/v1/flow-webhook/{flow_id}`: a message per run, and an answer made by the flow's templates. */
export const flowFace: Face<ReceivingFlow> = {
  wait: (ctx, network) => ctx.flowWindow.take(network, ctx.clock.nowMs()),
  find: (ctx, id) => ctx.flows.find(id),
  async receive(ctx, flow, request) {
    if (flow.settings.mode === 'sync') ctx.flowResults.checkRoom()
    return toAnswer(ctx, flow, await receiveFlow(ctx, flow, request))
  },
}

function toAnswer(ctx: IngestContext, flow: ReceivingFlow, received: FlowReceived): FaceAnswer {
  switch (received.kind) {
    case 'paused':
      return { answer: PAUSED, outcome: 'refused', reason: 'paused' }
    case 'refused': {
      const { status, reason, detail } = received
      const headers = status === 401 ? { 'www-authenticate': 'Bearer' } : {}
      const answer = answerError(status, { code: reason, detail })
      const withHeaders = { ...answer, headers: { ...answer.headers, ...headers } }
      return { answer: withHeaders, outcome: 'refused', reason }
    }
    case 'accepted': {
      const { messageId } = received
      return { answer: () => answerRun(ctx, flow, received), outcome: 'accepted', messageId }
    }
  }
}

async function answerRun(
  { templates, flowResults }: IngestContext,
  { id: flowId, settings }: ReceivingFlow,
  { messageId, input }: Extract<FlowReceived, { kind: 'accepted' }>,
): Promise<Answer> {
  if (settings.mode === 'async')
    return answerFlow(templates, { flowId, settings, input, result: null })
  const result = await flowResults.wait(messageId, settings.resultEndpointId)
  return result === null ? TIMED_OUT : answerFlow(templates, { flowId, settings, input, result })
}
