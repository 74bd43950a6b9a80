import {
  OperationalWebhookEndpointList,
  OperationalWebhookEndpointListQuery,
  OperationalWebhookEndpointOut,
} from '@posthorn/contracts'
import { IngestEndpointIn, IngestEndpointUpsertIn } from '@posthorn/contracts/ingest'
import {
  createEndpoint,
  deleteEndpoint,
  getEndpoint,
  getSourceScope,
  listEndpoints,
  upsertEndpoint,
} from '@posthorn/core'
import { judgeHeaders, judgeUrl } from '../http/judge-endpoint.ts'
import { presentPlainEndpoint, presentPlainEndpoints } from './endpoint-presenter.ts'
import { created, endpointRoute, noContent, ok } from './endpoint-route.ts'

const LIST = '/ingest/api/v1/source/:sourceId/endpoint'
const ONE = `${LIST}/:endpointId` as const
const ORGANISATION = { of: 'organisation' } as const
/** What an endpoint of a source doesn't have. */
const WITHOUT = { channels: null, eventTypes: null, retrySchedule: null } as const

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'v1.ingest.endpoint.list',
  summary: 'List the endpoints of a source',
  tags: ['Ingest Endpoint'],
  access: ORGANISATION,
  query: OperationalWebhookEndpointListQuery,
  response: { 200: OperationalWebhookEndpointList },
  handle: async (ctx, { scope, params, query: { order = 'descending', ...page } }) => {
    const own = await getSourceScope(ctx, scope, params.sourceId)
    return ok(presentPlainEndpoints(await listEndpoints(ctx, own, { ...page, order })))
  },
})

const create = endpointRoute({
  method: 'post',
  path: LIST,
  operationId: 'v1.ingest.endpoint.create',
  summary: 'Create an endpoint of a source',
  tags: ['Ingest Endpoint'],
  access: ORGANISATION,
  body: IngestEndpointIn,
  response: { 201: OperationalWebhookEndpointOut },
  handle: async (ctx, { scope, params, body }) => {
    const address = judgeUrl(ctx.urlPolicy, body.url)
    const headers = judgeHeaders(body.headers)
    const own = await getSourceScope(ctx, scope, params.sourceId)
    const input = { ...WITHOUT, ...body, ...address, headers }
    return created(presentPlainEndpoint(await createEndpoint(ctx, own, input)))
  },
})

const get = endpointRoute({
  method: 'get',
  path: ONE,
  operationId: 'v1.ingest.endpoint.get',
  summary: 'Get an endpoint of a source',
  tags: ['Ingest Endpoint'],
  access: ORGANISATION,
  response: { 200: OperationalWebhookEndpointOut },
  handle: async (ctx, { scope, params }) => {
    const own = await getSourceScope(ctx, scope, params.sourceId)
    return ok(presentPlainEndpoint(await getEndpoint(ctx, own, params.endpointId)))
  },
})

const put = endpointRoute({
  method: 'put',
  path: ONE,
  operationId: 'v1.ingest.endpoint.upsert',
  summary: 'Replace an endpoint of a source, or create one',
  tags: ['Ingest Endpoint'],
  access: ORGANISATION,
  body: IngestEndpointUpsertIn,
  response: { 200: OperationalWebhookEndpointOut, 201: OperationalWebhookEndpointOut },
  handle: async (ctx, { scope, params, body }) => {
    const { url, ...userinfo } = judgeUrl(ctx.urlPolicy, body.url)
    const own = await getSourceScope(ctx, scope, params.sourceId)
    const fields = { ...WITHOUT, ...body, url }
    const input = { idOrUid: params.endpointId, fields, ...userinfo }
    const { isCreated, ...view } = await upsertEndpoint(ctx, own, input)
    return isCreated ? created(presentPlainEndpoint(view)) : ok(presentPlainEndpoint(view))
  },
})

const remove = endpointRoute({
  method: 'delete',
  path: ONE,
  operationId: 'v1.ingest.endpoint.delete',
  summary: 'Delete an endpoint of a source',
  tags: ['Ingest Endpoint'],
  access: ORGANISATION,
  response: { 204: null },
  handle: async (ctx, { scope, params }) =>
    noContent(
      deleteEndpoint(ctx, await getSourceScope(ctx, scope, params.sourceId), params.endpointId),
    ),
})

export const ingestEndpointRoutes = [list, create, get, put, remove] as const
