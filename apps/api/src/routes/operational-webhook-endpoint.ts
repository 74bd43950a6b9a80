import {
  OperationalWebhookEndpointIn,
  OperationalWebhookEndpointList,
  OperationalWebhookEndpointListQuery,
  OperationalWebhookEndpointOut,
  OperationalWebhookEndpointUpdate,
} from '@posthorn/contracts'
import {
  createEndpoint,
  deleteEndpoint,
  getEndpoint,
  getOperationalScope,
  listEndpoints,
  upsertEndpoint,
} from '@posthorn/core'
import { judgeHeaders, judgeUrl } from '../http/judge-endpoint.ts'
import { presentPlainEndpoint, presentPlainEndpoints } from './endpoint-presenter.ts'
import { created, endpointRoute, noContent, ok } from './endpoint-route.ts'

const LIST = '/api/v1/operational-webhook/endpoint'
const ONE = `${LIST}/:endpointId` as const
const ORGANISATION = { of: 'organisation' } as const
/** What an operational endpoint doesn't have. */
const WITHOUT = { channels: null, retrySchedule: null } as const

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'v1.operational-webhook.endpoint.list',
  summary: 'List operational webhook endpoints',
  tags: ['Webhook Endpoint'],
  access: ORGANISATION,
  query: OperationalWebhookEndpointListQuery,
  response: { 200: OperationalWebhookEndpointList },
  handle: async (ctx, { scope, query: { order = 'descending', ...page } }) => {
    const own = await getOperationalScope(ctx, scope)
    return ok(presentPlainEndpoints(await listEndpoints(ctx, own, { ...page, order })))
  },
})

const create = endpointRoute({
  method: 'post',
  path: LIST,
  operationId: 'v1.operational-webhook.endpoint.create',
  summary: 'Create an operational webhook endpoint',
  tags: ['Webhook Endpoint'],
  access: ORGANISATION,
  body: OperationalWebhookEndpointIn,
  response: { 201: OperationalWebhookEndpointOut },
  handle: async (ctx, { scope, body }) => {
    const address = judgeUrl(ctx.urlPolicy, body.url)
    const headers = judgeHeaders(body.headers)
    const own = await getOperationalScope(ctx, scope)
    const input = { ...WITHOUT, ...body, ...address, headers }
    return created(presentPlainEndpoint(await createEndpoint(ctx, own, input)))
  },
})

const get = endpointRoute({
  method: 'get',
  path: ONE,
  operationId: 'v1.operational-webhook.endpoint.get',
  summary: 'Get an operational webhook endpoint',
  tags: ['Webhook Endpoint'],
  access: ORGANISATION,
  response: { 200: OperationalWebhookEndpointOut },
  handle: async (ctx, { scope, params }) => {
    const own = await getOperationalScope(ctx, scope)
    return ok(presentPlainEndpoint(await getEndpoint(ctx, own, params.endpointId)))
  },
})

const put = endpointRoute({
  method: 'put',
  path: ONE,
  operationId: 'v1.operational-webhook.endpoint.upsert',
  summary: 'Replace an operational webhook endpoint, or create one',
  tags: ['Webhook Endpoint'],
  access: ORGANISATION,
  body: OperationalWebhookEndpointUpdate,
  response: { 200: OperationalWebhookEndpointOut, 201: OperationalWebhookEndpointOut },
  handle: async (ctx, { scope, params, body }) => {
    const { url, ...userinfo } = judgeUrl(ctx.urlPolicy, body.url)
    const own = await getOperationalScope(ctx, scope)
    const fields = { ...WITHOUT, ...body, url }
    const input = { idOrUid: params.endpointId, fields, ...userinfo }
    const { isCreated, ...view } = await upsertEndpoint(ctx, own, input)
    return isCreated ? created(presentPlainEndpoint(view)) : ok(presentPlainEndpoint(view))
  },
})

const remove = endpointRoute({
  method: 'delete',
  path: ONE,
  operationId: 'v1.operational-webhook.endpoint.delete',
  summary: 'Delete an operational webhook endpoint',
  tags: ['Webhook Endpoint'],
  access: ORGANISATION,
  response: { 204: null },
  handle: async (ctx, { scope, params }) =>
    noContent(deleteEndpoint(ctx, await getOperationalScope(ctx, scope), params.endpointId)),
})

export const operationalWebhookEndpointRoutes = [list, create, get, put, remove] as const
