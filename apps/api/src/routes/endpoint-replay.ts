import {
  BulkReplayIn,
  EndpointProbeOut,
  RecoverIn,
  RecoverOut,
  ReplayEstimateOut,
  ReplayIn,
  ReplayOut,
  RetriedOut,
  RetryIn,
  UndoDisablingIn,
  UndoneOut,
} from '@posthorn/contracts'
import {
  type AppScope,
  countUndoable,
  estimateReplay,
  probeEndpoint,
  type ReplayInput,
  retryEndpoint,
  startReplay,
  undoDisabling,
} from '@posthorn/core'
import type { ApiContext } from '../context.ts'
import { presentEstimate, presentStartedTask } from './background-task-presenter.ts'
import { progressShownAs } from './delivery-status.ts'
import { accepted, type Answer, endpointRoute, ok } from './endpoint-route.ts'

const PATH = '/api/v1/app/:appId/endpoint/:endpointId'
const ATTEMPT = { of: 'application', capability: 'CreateAttempts' } as const

const recover = endpointRoute({
  method: 'post',
  path: `${PATH}/recover`,
  operationId: 'v1.endpoint.recover',
  summary: 'Send again what failed since a moment',
  tags: ['Endpoint'],
  access: ATTEMPT,
  body: RecoverIn,
  response: { 200: ReplayEstimateOut, 202: RecoverOut },
  handle: (ctx, { scope, params, body }) =>
    answer(ctx, scope, { ...body, type: 'endpoint.recover', idOrUid: params.endpointId }),
})

const replayMissing = endpointRoute({
  method: 'post',
  path: `${PATH}/replay-missing`,
  operationId: 'v1.endpoint.replay-missing',
  summary: 'Send what never had a delivery to this endpoint',
  tags: ['Endpoint'],
  access: ATTEMPT,
  body: ReplayIn,
  response: { 200: ReplayEstimateOut, 202: ReplayOut },
  handle: (ctx, { scope, params, body }) =>
    answer(ctx, scope, { ...body, type: 'endpoint.replay', idOrUid: params.endpointId }),
})

const bulkReplay = endpointRoute({
  method: 'post',
  path: `${PATH}/bulk-replay`,
  operationId: 'v1.endpoint.bulk-replay',
  summary: 'Send again what fits a filter',
  tags: ['Endpoint'],
  access: ATTEMPT,
  body: BulkReplayIn,
  response: { 200: ReplayEstimateOut, 202: ReplayOut },
  handle: (ctx, { scope, params, body }) => {
    const progress = progressShownAs(body.status, body.expandedStatuses)
    const filter = { ...body.filter, progress }
    const { since, until, dryRun } = body
    const asked = { since, until, dryRun, filter, idOrUid: params.endpointId }
    return answer(ctx, scope, { ...asked, type: 'endpoint.bulk-replay' })
  },
})

const retry = endpointRoute({
  method: 'post',
  path: `${PATH}/retry-now`,
  operationId: 'v1.endpoint.retry-now',
  summary: 'Make the next attempt of what is being retried now',
  tags: ['Endpoint'],
  access: ATTEMPT,
  body: RetryIn,
  response: { 200: RetriedOut },
  handle: async (ctx, { scope, params, body }) =>
    ok(await retryEndpoint(ctx, scope, { ...body, idOrUid: params.endpointId })),
})

const probe = endpointRoute({
  method: 'post',
  path: `${PATH}/probe`,
  operationId: 'v1.endpoint.probe',
  summary: 'Make the next probe of an endpoint that is being probed now',
  tags: ['Endpoint'],
  access: ATTEMPT,
  response: { 202: EndpointProbeOut },
  handle: async (ctx, { scope, params }) =>
    accepted(await probeEndpoint(ctx, scope, params.endpointId)),
})

const undo = endpointRoute({
  method: 'post',
  path: `${PATH}/undo-disable`,
  operationId: 'v1.endpoint.undo-disable',
  summary: 'Enable, and go on with what the disabling canceled',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ManageEndpoint' },
  body: UndoDisablingIn,
  response: { 200: UndoneOut },
  handle: async (ctx, { scope, params, body: { disabledAt, dryRun } }) => {
    const asked = { idOrUid: params.endpointId, disabledAt }
    return ok(await (dryRun ? countUndoable : undoDisabling)(ctx, scope, asked))
  },
})

async function answer(
  ctx: ApiContext,
  scope: AppScope,
  { dryRun, ...input }: ReplayInput & { readonly dryRun: boolean },
): Promise<Answer> {
  if (dryRun) return ok(presentEstimate(await estimateReplay(ctx, scope, input)))
  return accepted(presentStartedTask(await startReplay(ctx, scope, input)))
}

export const endpointReplayRoutes = [
  recover,
  replayMissing,
  bulkReplay,
  retry,
  probe,
  undo,
] as const
