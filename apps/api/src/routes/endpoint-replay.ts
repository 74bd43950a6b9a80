import {
  BulkReplayIn,
  RecoverIn,
  RecoverOut,
  ReplayEstimateOut,
  ReplayIn,
  ReplayOut,
  RetriedOut,
  RetryIn,
} from '@posthorn/contracts'
import {
  type AppScope,
  estimateReplay,
  type ReplayInput,
  retryEndpoint,
  startReplay,
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

async function answer(
  ctx: ApiContext,
  scope: AppScope,
  { dryRun, ...input }: ReplayInput & { readonly dryRun: boolean },
): Promise<Answer> {
  if (dryRun) return ok(presentEstimate(await estimateReplay(ctx, scope, input)))
  return accepted(presentStartedTask(await startReplay(ctx, scope, input)))
}

export const endpointReplayRoutes = [recover, replayMissing, bulkReplay, retry] as const
