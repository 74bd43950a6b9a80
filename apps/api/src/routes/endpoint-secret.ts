import { EndpointSecretOut, EndpointSecretRotateIn } from '@posthorn/contracts'
import { revealEndpointSecret, rotateEndpointSecret } from '@posthorn/core'
import { endpointRoute, noContent, ok } from './endpoint-route.ts'

const PATH = '/api/v1/app/:appId/endpoint/:endpointId/secret'

const get = endpointRoute({
  method: 'get',
  path: PATH,
  operationId: 'v1.endpoint.get-secret',
  summary: 'Reveal the secret of an endpoint',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ViewEndpointSecret' },
  response: { 200: EndpointSecretOut },
  handle: async (ctx, { scope, params }) =>
    ok({ key: await revealEndpointSecret(ctx, scope, params.endpointId) }),
})

const rotate = endpointRoute({
  method: 'post',
  path: `${PATH}/rotate`,
  operationId: 'v1.endpoint.rotate-secret',
  summary: 'Give an endpoint another secret',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ManageEndpointSecret' },
  body: EndpointSecretRotateIn,
  response: { 204: null },
  handle: (ctx, { scope, params, body }) =>
    noContent(rotateEndpointSecret(ctx, scope, { idOrUid: params.endpointId, ...body })),
})

export const endpointSecretRoutes = [get, rotate] as const
