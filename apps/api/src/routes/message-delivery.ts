import { type DeliveryStateOut, MessageDeliveryOut } from '@posthorn/contracts'
import {
  cancelDelivery,
  type DeliveryDetail,
  type DeliveryProgress,
  getDelivery,
  type MessageDelivery,
  retryNow,
} from '@posthorn/core'
import { presentStatus } from './delivery-status.ts'
import { presentDoneBy } from './done-by-presenter.ts'
import { endpointRoute, ok } from './endpoint-route.ts'

const get = endpointRoute({
  method: 'get',
  path: '/api/v1/app/:appId/msg/:msgId/endpoint/:endpointId/delivery',
  operationId: 'v1.message-delivery.get',
  summary: 'How it stands with a message at an endpoint',
  tags: ['Message Attempt'],
  access: { of: 'application', capability: 'ViewBase' },
  response: { 200: MessageDeliveryOut },
  handle: async (ctx, { scope, params }) => {
    const asked = { message: params.msgId, endpoint: params.endpointId }
    return ok(presentDelivery(await getDelivery(ctx, scope, asked), ctx.clock.nowMs()))
  },
})

const cancel = endpointRoute({
  method: 'post',
  path: '/api/v1/app/:appId/msg/:msgId/endpoint/:endpointId/delivery/cancel',
  operationId: 'v1.message-delivery.cancel',
  summary: 'Stop what waits of a message for an endpoint',
  tags: ['Message Attempt'],
  access: { of: 'application', capability: 'CreateAttempts' },
  response: { 200: MessageDeliveryOut },
  handle: async (ctx, { scope, params }) => {
    const asked = { message: params.msgId, endpoint: params.endpointId }
    return ok(presentDelivery(await cancelDelivery(ctx, scope, asked), ctx.clock.nowMs()))
  },
})

const retry = endpointRoute({
  method: 'post',
  path: '/api/v1/app/:appId/msg/:msgId/endpoint/:endpointId/delivery/retry-now',
  operationId: 'v1.message-delivery.retry-now',
  summary: 'Make the next attempt of the schedule now',
  tags: ['Message Attempt'],
  access: { of: 'application', capability: 'CreateAttempts' },
  response: { 200: MessageDeliveryOut },
  handle: async (ctx, { scope, params }) => {
    const asked = { message: params.msgId, endpoint: params.endpointId }
    return ok(presentDelivery(await retryNow(ctx, scope, asked), ctx.clock.nowMs()))
  },
})

function presentDelivery(delivery: MessageDelivery, nowMs: number): MessageDeliveryOut {
  const { messageId, endpointId, scheduled, manual } = delivery
  return {
    messageId,
    endpointId,
    asOf: new Date(nowMs).toISOString(),
    scheduled: scheduled === null ? null : presentDetail(scheduled),
    manual: manual === null ? null : presentDetail(manual),
  }
}

function presentDetail({
  state,
  waiting,
  sending,
  remaining,
  attemptsAtMost,
  by,
}: DeliveryDetail): DeliveryStateOut {
  const isRetrying = state.status === 'pending' && state.attemptCount > 0
  const progress: DeliveryProgress = isRetrying ? 'retrying' : state.status
  return {
    ...presentStatus(progress, true),
    attempts: state.attemptCount,
    attemptsAtMost,
    cause: state.cause,
    actor: by?.actor ?? null,
    by: presentDoneBy(by),
    taskId: state.taskId,
    waiting:
      waiting === null
        ? null
        : { reason: waiting.reason, until: waiting.until?.toISOString() ?? null },
    sending: sending?.map(({ phase, at }) => ({ phase, at })) ?? null,
    remaining: remaining.map(({ number, at }) => ({ number, at: at.toISOString() })),
  }
}

export const messageDeliveryRoutes = [get, cancel, retry] as const
