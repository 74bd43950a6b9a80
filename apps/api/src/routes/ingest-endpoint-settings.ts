import {
  EndpointHeadersIn,
  EndpointHeadersOut,
  EndpointSecretOut,
  EndpointSecretRotateIn,
} from '@posthorn/contracts'
import { shownHeaders } from '@posthorn/contracts/header-rule'
import {
  IngestEndpointTransformationOut,
  IngestEndpointTransformationPatch,
} from '@posthorn/contracts/ingest'
import {
  getEndpointHeaders,
  getTransformation,
  patchTransformation,
  getSourceScope,
  revealEndpointSecret,
  rotateEndpointSecret,
  setEndpointHeaders,
} from '@posthorn/core'
import { judgeHeaders } from '../http/judge-endpoint.ts'
import { endpointRoute, noContent, ok } from './endpoint-route.ts'

const PATH = '/ingest/api/v1/source/:sourceId/endpoint/:endpointId'
const ORGANISATION = { of: 'organisation' } as const

const getHeaders = endpointRoute({
  method: 'get',
  path: `${PATH}/headers`,
  operationId: 'v1.ingest.endpoint.get-headers',
  summary: 'Get the headers of an endpoint of a source',
  tags: ['Ingest Endpoint'],
  access: ORGANISATION,
  response: { 200: EndpointHeadersOut },
  handle: async (ctx, { scope, params }) => {
    const own = await getSourceScope(ctx, scope, params.sourceId)
    return ok(shownHeaders(await getEndpointHeaders(ctx, own, params.endpointId)))
  },
})

const setHeaders = endpointRoute({
  method: 'put',
  path: `${PATH}/headers`,
  operationId: 'v1.ingest.endpoint.set-headers',
  summary: 'Replace the headers of an endpoint of a source',
  tags: ['Ingest Endpoint'],
  access: ORGANISATION,
  body: EndpointHeadersIn,
  response: { 204: null },
  handle: async (ctx, { scope, params, body }) => {
    const headers = judgeHeaders(body.headers)
    const own = await getSourceScope(ctx, scope, params.sourceId)
    return noContent(setEndpointHeaders(ctx, own, { idOrUid: params.endpointId, headers }))
  },
})

const getSecret = endpointRoute({
  method: 'get',
  path: `${PATH}/secret`,
  operationId: 'v1.ingest.endpoint.get-secret',
  summary: 'Reveal the secret of an endpoint of a source',
  tags: ['Ingest Endpoint'],
  access: ORGANISATION,
  response: { 200: EndpointSecretOut },
  handle: async (ctx, { scope, params }) => {
    const own = await getSourceScope(ctx, scope, params.sourceId)
    return ok({ key: await revealEndpointSecret(ctx, own, params.endpointId) })
  },
})

const getCode = endpointRoute({
  method: 'get',
  path: `${PATH}/transformation`,
  operationId: 'v1.ingest.endpoint.transformation.get',
  summary: 'Get the transformation of an endpoint of a source: kept, not run',
  tags: ['Ingest Endpoint'],
  access: ORGANISATION,
  response: { 200: IngestEndpointTransformationOut },
  handle: async (ctx, { scope, params }) => {
    const own = await getSourceScope(ctx, scope, params.sourceId)
    return ok(await getTransformation(ctx, own, params.endpointId))
  },
})

const patchCode = endpointRoute({
  method: 'patch',
  path: `${PATH}/transformation`,
  operationId: 'v1.ingest.endpoint.transformation.patch',
  summary: 'Change the transformation of an endpoint of a source: kept, not run',
  tags: ['Ingest Endpoint'],
  access: ORGANISATION,
  body: IngestEndpointTransformationPatch,
  response: { 204: null },
  handle: async (ctx, { scope, params, body }) => {
    const own = await getSourceScope(ctx, scope, params.sourceId)
    return noContent(patchTransformation(ctx, own, { idOrUid: params.endpointId, fields: body }))
  },
})

const rotateSecret = endpointRoute({
  method: 'post',
  path: `${PATH}/secret/rotate`,
  operationId: 'v1.ingest.endpoint.rotate-secret',
  summary: 'Give an endpoint of a source another secret',
  tags: ['Ingest Endpoint'],
  access: ORGANISATION,
  body: EndpointSecretRotateIn,
  response: { 204: null },
  handle: async (ctx, { scope, params, body }) => {
    const own = await getSourceScope(ctx, scope, params.sourceId)
    return noContent(rotateEndpointSecret(ctx, own, { idOrUid: params.endpointId, ...body }))
  },
})

export const ingestEndpointSettingsRoutes = [
  getHeaders,
  setHeaders,
  getSecret,
  rotateSecret,
  getCode,
  patchCode,
] as const
