import {
  HealthBoardOut,
  HealthBoardQuery,
  OrganisationMessageList,
  OrganisationMessageQuery,
  QueueHealthOut,
  RecoverManyEstimateOut,
  RecoverManyIn,
  RecoverOut,
  RetriedOut,
  RetryManyIn,
  SearchOut,
  SearchQuery,
} from '@posthorn/contracts'
import { listOrganisationMessages, readHealthBoard, search } from '@posthorn/core'
import {
  estimateRecoverMany,
  recoverMany,
  type RecoverManyInput,
  reportQueue,
  retryMany,
} from '@posthorn/core/support'
import { presentStartedTask } from './background-task-presenter.ts'
import { accepted, endpointRoute, ok } from './endpoint-route.ts'
import { presentPage } from './page-presenter.ts'
import { filterOfQuery, pageOfQuery } from './reading-query.ts'
import {
  presentBoard,
  presentFound,
  presentOrganisationMessage,
  presentQueue,
  presentRecoverEstimate,
} from './support-presenter.ts'

const PATH = '/api/v1/support'
const ORGANISATION = { of: 'organisation', keepsToLimit: true } as const
const tags = ['Support']

const find = endpointRoute({
  method: 'get',
  path: `${PATH}/search`,
  operationId: 'v1.support.search',
  summary: 'Find a message, a customer or an endpoint by whatever names it',
  tags,
  access: ORGANISATION,
  query: SearchQuery,
  response: { 200: SearchOut },
  handle: async (ctx, { scope, query: { q: text, limit } }) =>
    ok(presentFound(await search(ctx, scope, { text, limit }))),
})

const listMessages = endpointRoute({
  method: 'get',
  path: `${PATH}/message`,
  operationId: 'v1.support.list-messages',
  summary: 'List the messages of all applications',
  tags,
  access: ORGANISATION,
  query: OrganisationMessageQuery,
  response: { 200: OrganisationMessageList },
  handle: async (ctx, { scope, query }) => {
    const { app_id: appId, status, cause, code, host } = query
    const answered = code === undefined ? undefined : statusesOf(code)
    const filter = { ...filterOfQuery(query), appId, status, cause, answered, host }
    const page = await listOrganisationMessages(ctx, scope, { page: pageOfQuery(query), filter })
    return ok(presentPage(page, presentOrganisationMessage))
  },
})

const health = endpointRoute({
  method: 'get',
  path: `${PATH}/health-board`,
  operationId: 'v1.support.health-board',
  summary: 'Endpoints in trouble, worst first',
  tags,
  access: ORGANISATION,
  query: HealthBoardQuery,
  response: { 200: HealthBoardOut },
  handle: async (ctx, { scope, query }) =>
    ok(presentBoard(await readHealthBoard(ctx, scope, query.limit))),
})

const recover = endpointRoute({
  method: 'post',
  path: `${PATH}/recover`,
  operationId: 'v1.support.recover',
  summary: 'Send again what failed, to many endpoints',
  tags,
  access: ORGANISATION,
  body: RecoverManyIn,
  response: { 200: RecoverManyEstimateOut, 202: RecoverOut },
  handle: async (ctx, { scope, body }) => {
    const input = toInput(body)
    if (!body.dryRun) return accepted(presentStartedTask(await recoverMany(ctx, scope, input)))
    return ok(presentRecoverEstimate(await estimateRecoverMany(ctx, scope, input)))
  },
})

function toInput(body: RecoverManyIn): RecoverManyInput {
  const { since, until = null, perSecond = null, eventTypes } = body
  return { selection: selectionOf(body), since, until, perSecond, eventTypes }
}

function selectionOf({ host, appId, endpointIds }: RetryManyIn): RecoverManyInput['selection'] {
  if (host !== undefined) return { host }
  if (appId !== undefined) return { appId }
  return endpointIds === undefined ? { failing: true } : { endpointIds }
}

const retry = endpointRoute({
  method: 'post',
  path: `${PATH}/retry-now`,
  operationId: 'v1.support.retry-now',
  summary: 'Make the next attempts of many endpoints now',
  tags,
  access: ORGANISATION,
  body: RetryManyIn,
  response: { 200: RetriedOut },
  handle: async (ctx, { scope, body }) => {
    const { since, until = null, eventTypes } = body
    const input = { selection: selectionOf(body), since, until, eventTypes }
    return ok(await retryMany(ctx, scope, input))
  },
})

const queue = endpointRoute({
  method: 'get',
  path: `${PATH}/queue`,
  operationId: 'v1.support.queue',
  summary: 'How the queue and the workers are',
  tags,
  access: { of: 'organisation' },
  response: { 200: QueueHealthOut },
  handle: async (ctx, { scope }) => ok(presentQueue(await reportQueue(ctx, scope))),
})

/** `503` is itself, `5xx` all of its class. */
function statusesOf(code: string): { readonly from: number; readonly to: number } {
  return { from: Number(code.replace('xx', '00')), to: Number(code.replace('xx', '99')) }
}

export const supportRoutes = [find, listMessages, health, recover, retry, queue] as const
