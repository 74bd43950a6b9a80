import {
  EndpointHeaderRemovedOut,
  EndpointHeaderRemoveIn,
  EndpointHeadersIn,
  EndpointHeadersOut,
  EndpointHeadersPatchIn,
  EndpointHeaderUndoIn,
} from '@posthorn/contracts'
import { shownHeaders } from '@posthorn/contracts/header-rule'
import { getEndpointHeaders, patchEndpointHeaders, setEndpointHeaders } from '@posthorn/core'
import { removeEndpointHeader, undoHeaderRemoval } from '@posthorn/core/endpoint-care'
import { judgeHeaders } from '../http/judge-endpoint.ts'
import { endpointRoute, noContent, ok } from './endpoint-route.ts'

const PATH = '/api/v1/app/:appId/endpoint/:endpointId/headers'

const get = endpointRoute({
  method: 'get',
  path: PATH,
  operationId: 'v1.endpoint.get-headers',
  summary: 'Get the headers of an endpoint',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ViewBase' },
  response: { 200: EndpointHeadersOut },
  handle: async (ctx, { scope, params }) =>
    ok(shownHeaders(await getEndpointHeaders(ctx, scope, params.endpointId))),
})

const set = endpointRoute({
  method: 'put',
  path: PATH,
  operationId: 'v1.endpoint.set-headers',
  summary: 'Replace the headers of an endpoint',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ManageEndpoint' },
  body: EndpointHeadersIn,
  response: { 204: null },
  handle: (ctx, { scope, params, body }) => {
    const headers = judgeHeaders(body.headers)
    return noContent(setEndpointHeaders(ctx, scope, { idOrUid: params.endpointId, headers }))
  },
})

const patch = endpointRoute({
  method: 'patch',
  path: PATH,
  operationId: 'v1.endpoint.patch-headers',
  summary: 'Change some headers of an endpoint',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ManageEndpoint' },
  body: EndpointHeadersPatchIn,
  response: { 204: null },
  handle: (ctx, { scope, params, body }) => {
    const headers = judgeHeaders(body.headers)
    return noContent(patchEndpointHeaders(ctx, scope, { idOrUid: params.endpointId, headers }))
  },
})

const remove = endpointRoute({
  method: 'post',
  path: `${PATH}/remove`,
  operationId: 'v1.endpoint.remove-header',
  summary: 'Remove a header of an endpoint so that it can be undone',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ManageEndpoint' },
  body: EndpointHeaderRemoveIn,
  response: { 200: EndpointHeaderRemovedOut },
  handle: async (ctx, { scope, params, body: { name } }) => {
    const removal = { idOrUid: params.endpointId, name }
    const { undo, undoUntil } = await removeEndpointHeader(ctx, scope, removal)
    return ok({ undo, undoUntil: undoUntil.toISOString() })
  },
})

const undoRemove = endpointRoute({
  method: 'post',
  path: `${PATH}/undo-remove`,
  operationId: 'v1.endpoint.undo-remove-header',
  summary: 'Set a header again that was just removed',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ManageEndpoint' },
  body: EndpointHeaderUndoIn,
  response: { 204: null },
  handle: (ctx, { scope, params, body: { undo } }) =>
    noContent(undoHeaderRemoval(ctx, scope, { idOrUid: params.endpointId, undo })),
})

export const endpointHeadersRoutes = [get, set, patch, remove, undoRemove] as const
