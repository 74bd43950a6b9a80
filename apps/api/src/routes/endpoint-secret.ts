import {
  EndpointSecretListOut,
  EndpointSecretOut,
  EndpointSecretRotateIn,
} from '@posthorn/contracts'
import { revealEndpointSecret, rotateEndpointSecret } from '@posthorn/core'
import { endSecretGrace, listEndpointSecrets } from '@posthorn/core/endpoint-care'
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

const list = endpointRoute({
  method: 'get',
  path: `${PATH}/list`,
  operationId: 'v1.endpoint.list-secrets',
  summary: 'Which secrets of an endpoint sign now, without their values',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ViewBase' },
  response: { 200: EndpointSecretListOut },
  handle: async (ctx, { scope, params }) => {
    const secrets = await listEndpointSecrets(ctx, scope, params.endpointId)
    const data = secrets.map(({ id, fingerprint, createdAt, expiresAt }) => ({
      id,
      fingerprint,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
    }))
    return ok({ data, now: new Date(ctx.clock.nowMs()).toISOString() })
  },
})

const endGrace = endpointRoute({
  method: 'post',
  path: `${PATH}/end-grace`,
  operationId: 'v1.endpoint.end-secret-grace',
  summary: 'Let the current secret alone sign from now on',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ManageEndpointSecret' },
  response: { 204: null },
  handle: (ctx, { scope, params }) => noContent(endSecretGrace(ctx, scope, params.endpointId)),
})

export const endpointSecretRoutes = [get, rotate, list, endGrace] as const
