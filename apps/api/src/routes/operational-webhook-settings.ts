import {
  EndpointHeadersIn,
  EndpointHeadersOut,
  EndpointHeadersPatchIn,
  EndpointSecretOut,
  EndpointSecretRotateIn,
} from '@posthorn/contracts'
import { shownHeaders } from '@posthorn/contracts/header-rule'
import {
  getEndpointHeaders,
  getOperationalScope,
  patchEndpointHeaders,
  revealEndpointSecret,
  rotateEndpointSecret,
  setEndpointHeaders,
} from '@posthorn/core'
import { judgeHeaders } from '../http/judge-endpoint.ts'
import { endpointRoute, noContent, ok } from './endpoint-route.ts'

const PATH = '/api/v1/operational-webhook/endpoint/:endpointId'
const ORGANISATION = { of: 'organisation' } as const

const getHeaders = endpointRoute({
  method: 'get',
  path: `${PATH}/headers`,
  operationId: 'v1.operational-webhook.endpoint.get-headers',
  summary: 'Get the headers of an operational webhook endpoint',
  tags: ['Webhook Endpoint'],
  access: ORGANISATION,
  response: { 200: EndpointHeadersOut },
  handle: async (ctx, { scope, params }) => {
    const own = await getOperationalScope(ctx, scope)
    return ok(shownHeaders(await getEndpointHeaders(ctx, own, params.endpointId)))
  },
})

const setHeaders = endpointRoute({
  method: 'put',
  path: `${PATH}/headers`,
  operationId: 'v1.operational-webhook.endpoint.set-headers',
  summary: 'Replace the headers of an operational webhook endpoint',
  tags: ['Webhook Endpoint'],
  access: ORGANISATION,
  body: EndpointHeadersIn,
  response: { 204: null },
  handle: async (ctx, { scope, params, body }) => {
    const headers = judgeHeaders(body.headers)
    const own = await getOperationalScope(ctx, scope)
    return noContent(setEndpointHeaders(ctx, own, { idOrUid: params.endpointId, headers }))
  },
})

const patchHeaders = endpointRoute({
  method: 'patch',
  path: `${PATH}/headers`,
  operationId: 'v1.operational-webhook.endpoint.patch-headers',
  summary: 'Change some headers of an operational webhook endpoint',
  tags: ['Webhook Endpoint'],
  access: ORGANISATION,
  body: EndpointHeadersPatchIn,
  response: { 204: null },
  handle: async (ctx, { scope, params, body }) => {
    const headers = judgeHeaders(body.headers)
    const own = await getOperationalScope(ctx, scope)
    return noContent(patchEndpointHeaders(ctx, own, { idOrUid: params.endpointId, headers }))
  },
})

const getSecret = endpointRoute({
  method: 'get',
  path: `${PATH}/secret`,
  operationId: 'v1.operational-webhook.endpoint.get-secret',
  summary: 'Reveal the secret of an operational webhook endpoint',
  tags: ['Webhook Endpoint'],
  access: ORGANISATION,
  response: { 200: EndpointSecretOut },
  handle: async (ctx, { scope, params }) => {
    const own = await getOperationalScope(ctx, scope)
    return ok({ key: await revealEndpointSecret(ctx, own, params.endpointId) })
  },
})

const rotateSecret = endpointRoute({
  method: 'post',
  path: `${PATH}/secret/rotate`,
  operationId: 'v1.operational-webhook.endpoint.rotate-secret',
  summary: 'Give an operational webhook endpoint another secret',
  tags: ['Webhook Endpoint'],
  access: ORGANISATION,
  body: EndpointSecretRotateIn,
  response: { 204: null },
  handle: async (ctx, { scope, params, body }) => {
    const own = await getOperationalScope(ctx, scope)
    return noContent(rotateEndpointSecret(ctx, own, { idOrUid: params.endpointId, ...body }))
  },
})

export const operationalWebhookSettingsRoutes = [
  getHeaders,
  setHeaders,
  patchHeaders,
  getSecret,
  rotateSecret,
] as const
