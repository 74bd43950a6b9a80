import { type FlowReceived, receiveFlow, type ReceivingFlow } from '@posthorn/core'
import type { IngestContext } from '../context.ts'
import { type Answer, answerFault } from '../http/answer.ts'
import type { Face, FaceAnswer } from '../http/face.ts'
import type { WaitingPlace } from '../reply/replies.ts'
import { answerFlow, PAUSED, TIMED_OUT } from './flow-answer.ts'

/** `/v1/flow-webhook/{flow_id}`: a message per run, and an answer made by the flow's templates. */
export const flowFace: Face<ReceivingFlow> = {
  wait: (ctx, network) => ctx.windows.flow.take(network),
  find: (ctx, id) => ctx.flows.find(id),
  answerFault,
  async receive(ctx, flow, request) {
    using stack = new DisposableStack()
    const waits = flow.settings.mode === 'sync' && flow.settings.status !== 'paused'
    const place = waits ? stack.use(ctx.replies.enter(flow.id)) : null
    const received = await receiveFlow(ctx, flow, request)
    if (received.kind !== 'accepted') return toRefusal(received)
    stack.move()
    const { messageId } = received
    const answer = (): Promise<Answer> => answerRun(ctx, { flow, place, ...received })
    return { answer, outcome: 'accepted', messageId }
  },
}

function toRefusal(received: Exclude<FlowReceived, { kind: 'accepted' }>): FaceAnswer {
  switch (received.kind) {
    case 'paused':
      return { answer: PAUSED, outcome: 'refused', reason: 'paused' }
    case 'refused': {
      const { status, reason, detail } = received
      const headers = status === 401 ? { 'www-authenticate': 'Bearer' } : {}
      const answer = answerFault({ status, code: reason, detail, headers })
      return { answer, outcome: 'refused', reason }
    }
  }
}

interface Run {
  readonly flow: ReceivingFlow
  /** Null: nobody waits for its result. */
  readonly place: WaitingPlace | null
  readonly messageId: string
  readonly input: string
}

async function answerRun(
  { templates }: IngestContext,
  { flow: { id: flowId, settings }, place, messageId, input }: Run,
): Promise<Answer> {
  if (place === null) return answerFlow(templates, { flowId, settings, input, result: null })
  using waiting = place
  const reply = await waiting.wait({ messageId, endpointId: settings.resultEndpointId })
  if (reply === null) return TIMED_OUT
  const result = { body: Buffer.from(reply.body).toString('utf8') }
  return await answerFlow(templates, { flowId, settings, input, result })
}
