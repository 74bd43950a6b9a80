import {
  ApiKeyCreatedOut,
  ApiKeyIn,
  ApiKeyList,
  ApiKeyListQuery,
  type ApiKeyOut,
  ApiKeyRotateIn,
} from '@posthorn/contracts'
import {
  createApiKey,
  ForbiddenError,
  listApiKeys,
  nameApiKey,
  type NamedApiKey,
  type Principal,
  revokeApiKey,
  rotateApiKey,
} from '@posthorn/core'
import { tellLimit } from '@posthorn/core/staff'
import { afterCommit } from '@posthorn/db'
import { created, endpointRoute, ok } from './endpoint-route.ts'
import { presentPage } from './page-presenter.ts'

const ADMINISTRATION = { of: 'administration' } as const
const tags = ['API Key']

const list = endpointRoute({
  method: 'get',
  path: '/api/v1/api-key',
  operationId: 'v1.api-key.list',
  summary: 'List API keys, newest first',
  tags,
  access: ADMINISTRATION,
  query: ApiKeyListQuery,
  response: { 200: ApiKeyList },
  handle: async (ctx, { scope, query }) => {
    const page = { ...query, order: 'descending' as const }
    return ok(presentPage(await listApiKeys(ctx, scope, page), presentApiKey))
  },
})

const create = endpointRoute({
  method: 'post',
  path: '/api/v1/api-key',
  operationId: 'v1.api-key.create',
  summary: 'Create an API key: its text is shown this once',
  tags,
  access: ADMINISTRATION,
  body: ApiKeyIn,
  response: { 201: ApiKeyCreatedOut },
  handle: async (ctx, { scope, principal, body }) => {
    if (!mayMake(principal, body.scopes))
      throw new ForbiddenError('Keys with the scope admin are made by owners.')
    const expiresInSeconds = body.expiresInSeconds ?? undefined
    const applications = body.applications ?? []
    const input = { ...body, expiresInSeconds, applications }
    const { apiKey, text } = await createApiKey(ctx, scope, input)
    return created({ ...presentApiKey(await nameApiKey(ctx, scope, apiKey)), key: text })
  },
})

const rotate = endpointRoute({
  method: 'post',
  path: '/api/v1/api-key/:keyId/rotate',
  operationId: 'v1.api-key.rotate',
  summary: 'Create an API key like this one, which is still taken for a while',
  tags,
  access: ADMINISTRATION,
  body: ApiKeyRotateIn,
  response: { 201: ApiKeyCreatedOut },
  handle: async (ctx, { scope, principal, params: { keyId }, body: { gracePeriodSeconds } }) => {
    const may = (scopes: readonly string[]) => mayMake(principal, scopes)
    const rotation = { keyId, gracePeriodSeconds, mayMake: may }
    const { apiKey, text } = await rotateApiKey(ctx, scope, rotation)
    // Without a grace the former one is over now, here too.
    afterCommit(ctx.db, () => ctx.authenticator.forget())
    return created({ ...presentApiKey(await nameApiKey(ctx, scope, apiKey)), key: text })
  },
})

/** With the scope `admin` users could be made, which is the owners' alone. */
function mayMake(principal: Principal, scopes: readonly string[]): boolean {
  return principal.kind !== 'staff' || principal.role === 'owner' || !scopes.includes('admin')
}

const revoke = endpointRoute({
  method: 'delete',
  path: '/api/v1/api-key/:keyId',
  operationId: 'v1.api-key.delete',
  summary: 'Revoke an API key',
  tags,
  access: ADMINISTRATION,
  response: { 204: null },
  handle: async (ctx, { scope, params }) => {
    await revokeApiKey(ctx, scope, params.keyId)
    // The announcement reaches the other processes in a moment; this one must not answer before it knows.
    afterCommit(ctx.db, () => ctx.authenticator.forget())
    return { status: 204 }
  },
})

function presentApiKey({ apiKey: key, names }: NamedApiKey): ApiKeyOut {
  return {
    id: key.id,
    name: key.name,
    scopes: key.scopes,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    applications: tellLimit(key, names),
  }
}

export const apiKeyRoutes = [list, create, rotate, revoke] as const
