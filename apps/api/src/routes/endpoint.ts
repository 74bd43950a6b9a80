import {
  EndpointIn,
  EndpointList,
  EndpointListQuery,
  EndpointOut,
  EndpointPatch,
  EndpointUpdate,
  EndpointWarningsOut,
} from '@posthorn/contracts'
import {
  createEndpoint,
  deleteEndpoint,
  getEndpoint,
  listEndpoints,
  patchEndpoint,
  upsertEndpoint,
} from '@posthorn/core'
import {
  listWarnedEndpoints,
  listWorstEndpoints,
  searchEndpoints,
} from '@posthorn/core/endpoint-care'
import { judgeHeaders, judgeUrl } from '../http/judge-endpoint.ts'
import { presentEndpoint, presentEndpoints } from './endpoint-presenter.ts'
import { created, endpointRoute, noContent, ok } from './endpoint-route.ts'

const LIST = '/api/v1/app/:appId/endpoint'
const ONE = `${LIST}/:endpointId` as const
const VIEW = { of: 'application', capability: 'ViewBase' } as const
const MANAGE = { of: 'application', capability: 'ManageEndpoint' } as const

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'v1.endpoint.list',
  summary: 'List endpoints',
  tags: ['Endpoint'],
  access: VIEW,
  query: EndpointListQuery,
  response: { 200: EndpointList },
  handle: async (ctx, { scope, query }) => {
    const { order = 'descending', search, health, event_type: eventType, sort, ...rest } = query
    const page = { ...rest, order }
    if (sort === 'worst') {
      const wanted = { text: search ?? null, eventType: eventType ?? null }
      return ok(presentEndpoints(await listWorstEndpoints(ctx, scope, { page, ...wanted })))
    }
    const isFiltered = (search ?? health ?? eventType) !== undefined
    const found = isFiltered
      ? await searchEndpoints(ctx, scope, { page, filter: { search, health, eventType } })
      : await listEndpoints(ctx, scope, page)
    return ok(presentEndpoints(found))
  },
})

const listWarned = endpointRoute({
  method: 'get',
  path: '/api/v1/app/:appId/endpoint-warning',
  operationId: 'v1.endpoint.list-warnings',
  summary: 'Endpoints that are disabled soon, or were automatically of late',
  tags: ['Endpoint'],
  access: VIEW,
  response: { 200: EndpointWarningsOut },
  handle: async (ctx, { scope }) => {
    const { items, hasMore } = await listWarnedEndpoints(ctx, scope)
    return ok({ data: items.map(presentEndpoint), hasMore })
  },
})

const create = endpointRoute({
  method: 'post',
  path: LIST,
  operationId: 'v1.endpoint.create',
  summary: 'Create an endpoint',
  tags: ['Endpoint'],
  access: MANAGE,
  body: EndpointIn,
  response: { 201: EndpointOut },
  handle: async (ctx, { scope, body }) => {
    const address = judgeUrl(ctx.urlPolicy, body.url)
    const headers = judgeHeaders(body.headers)
    return created(
      presentEndpoint(await createEndpoint(ctx, scope, { ...body, ...address, headers })),
    )
  },
})

const get = endpointRoute({
  method: 'get',
  path: ONE,
  operationId: 'v1.endpoint.get',
  summary: 'Get an endpoint',
  tags: ['Endpoint'],
  access: VIEW,
  response: { 200: EndpointOut },
  handle: async (ctx, { scope, params }) =>
    ok(presentEndpoint(await getEndpoint(ctx, scope, params.endpointId))),
})

const put = endpointRoute({
  method: 'put',
  path: ONE,
  operationId: 'v1.endpoint.upsert',
  summary: 'Replace an endpoint, or create one',
  tags: ['Endpoint'],
  access: MANAGE,
  body: EndpointUpdate,
  response: { 200: EndpointOut, 201: EndpointOut },
  handle: async (ctx, { scope, params, body }) => {
    const { url, ...userinfo } = judgeUrl(ctx.urlPolicy, body.url)
    const input = { idOrUid: params.endpointId, fields: { ...body, url }, ...userinfo }
    const { isCreated, ...view } = await upsertEndpoint(ctx, scope, input)
    return isCreated ? created(presentEndpoint(view)) : ok(presentEndpoint(view))
  },
})

const patch = endpointRoute({
  method: 'patch',
  path: ONE,
  operationId: 'v1.endpoint.patch',
  summary: 'Change some fields of an endpoint',
  tags: ['Endpoint'],
  access: MANAGE,
  body: EndpointPatch,
  response: { 200: EndpointOut },
  handle: async (ctx, { scope, params, body }) => {
    const judged = body.url === undefined ? {} : judgeUrl(ctx.urlPolicy, body.url)
    const { authorization, ...address } = { authorization: undefined, ...judged }
    const userinfo = authorization === undefined ? {} : { authorization }
    const input = { idOrUid: params.endpointId, fields: { ...body, ...address }, ...userinfo }
    return ok(presentEndpoint(await patchEndpoint(ctx, scope, input)))
  },
})

const remove = endpointRoute({
  method: 'delete',
  path: ONE,
  operationId: 'v1.endpoint.delete',
  summary: 'Delete an endpoint',
  tags: ['Endpoint'],
  access: MANAGE,
  response: { 204: null },
  handle: (ctx, { scope, params }) => noContent(deleteEndpoint(ctx, scope, params.endpointId)),
})

export const endpointRoutes = [list, listWarned, create, get, put, patch, remove] as const
