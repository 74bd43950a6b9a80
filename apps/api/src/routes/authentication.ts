import {
  AppPortalAccessIn,
  AppPortalAccessOut,
  ApplicationTokenExpireIn,
  PortalAccessRenewOut,
} from '@posthorn/contracts'
import {
  createPortalAccess,
  expirePortalAccess,
  getApplication,
  latestOf,
  NotFoundError,
  type OrgScope,
  type PortalAccessInput,
  MAX_PORTAL_SECONDS,
  RefusedError,
  renewPortalAccess,
  revokeToken,
} from '@posthorn/core'
import { afterCommit, findApplication } from '@posthorn/db'
import type { ApiContext } from '../context.ts'
import { portalLink } from '../http/portal-link.ts'
import { createMissingApplication } from '../publish/inline-application.ts'
import { endpointRoute, ok } from './endpoint-route.ts'

const ORGANISATION = { of: 'organisation' } as const
const WITHIN_LIMIT = { of: 'organisation', keepsToLimit: true } as const
const tags = ['Authentication']
const ONLY_PORTAL = 'Only a portal token is renewed.'
const NO_LOGOUT = 'An API key is not a session: end it with `posthorn keys revoke`.'

const portalAccess = endpointRoute({
  method: 'post',
  path: '/api/v1/auth/app-portal-access/:appId',
  operationId: 'v1.authentication.app-portal-access',
  summary: 'Get a link into the application portal',
  tags,
  access: WITHIN_LIMIT,
  body: AppPortalAccessIn,
  response: { 200: AppPortalAccessOut },
  handle: async (ctx, { scope, principal, origin, params, body }) => {
    const { application, ...asked } = body
    const access = { ...asked, latestMs: latestOf(principal) }
    await ensureApplication(ctx, scope, { appName: params.appId, application })
    return ok(await grantAccess(ctx, scope, { origin, appName: params.appId, access }))
  },
})

const dashboardAccess = endpointRoute({
  method: 'post',
  path: '/api/v1/auth/dashboard-access/:appId',
  operationId: 'v1.authentication.dashboard-access',
  summary: 'Get a link into the application portal (older name)',
  tags,
  access: WITHIN_LIMIT,
  response: { 200: AppPortalAccessOut },
  handle: async (ctx, { scope, principal, origin, params }) => {
    const { application: _none, ...asked } = AppPortalAccessIn.parse({})
    const access = { ...asked, latestMs: latestOf(principal) }
    return ok(await grantAccess(ctx, scope, { origin, appName: params.appId, access }))
  },
})

const expireAll = endpointRoute({
  method: 'post',
  path: '/api/v1/auth/app/:appId/expire-all',
  operationId: 'v1.authentication.expire-all',
  summary: 'End portal tokens of an application',
  tags,
  access: ORGANISATION,
  body: ApplicationTokenExpireIn,
  response: { 204: null },
  handle: async (ctx, { scope, params, body }) => {
    const { id: appId } = await getApplication(ctx, scope, params.appId)
    const { sessionIds, expirySeconds: delaySeconds } = body
    await expirePortalAccess(ctx, { ...scope, appId }, { sessionIds, delaySeconds })
    return forgotten(ctx)
  },
})

const logout = endpointRoute({
  method: 'post',
  path: '/api/v1/auth/logout',
  operationId: 'v1.authentication.logout',
  summary: 'End the token of this request',
  tags,
  access: { of: 'principal' },
  response: { 204: null },
  handle: async (ctx, { scope, principal }) => {
    if (principal.kind === 'key' || principal.kind === 'staff')
      throw new RefusedError('bad_token', NO_LOGOUT)
    // A renewed token has the same id, and may live longer than the one it continues.
    const renewableMs = principal.kind === 'portal' ? MAX_PORTAL_SECONDS * 1000 : 0
    const untilMs = principal.expiresAtMs ?? ctx.clock.nowMs()
    const expiresAt = new Date(Math.max(untilMs, ctx.clock.nowMs() + renewableMs))
    await revokeToken(ctx, scope, { tokenId: principal.tokenId, expiresAt })
    return forgotten(ctx)
  },
})

const renew = endpointRoute({
  method: 'post',
  path: '/api/v1/auth/renew',
  operationId: 'v1.authentication.renew',
  summary: 'Get a portal token that continues the one of this request',
  tags,
  access: { of: 'principal' },
  response: { 200: PortalAccessRenewOut },
  handle: async (ctx, { scope, principal }) => {
    if (principal.kind !== 'portal') throw new RefusedError('bad_token', ONLY_PORTAL)
    const renewed = await renewPortalAccess(ctx, { ...scope, appId: principal.appId }, principal)
    return ok({
      token: renewed.token,
      expiresAt: renewed.expiresAt.toISOString(),
      renewableUntil: renewed.renewableUntil.toISOString(),
    })
  },
})

/** The announcement reaches the other processes in a moment; this one must not answer before it knows. */
function forgotten(ctx: ApiContext): { status: number } {
  afterCommit(ctx.db, () => ctx.authenticator.forget())
  return { status: 204 }
}

interface NamedApplication {
  readonly appName: string
  readonly application: AppPortalAccessIn['application']
}

/** The application that the body brings along is ignored where one is there already; a limit is to those that are. */
async function ensureApplication(
  ctx: ApiContext,
  scope: OrgScope,
  { appName, application }: NamedApplication,
): Promise<void> {
  if ((await findApplication(ctx.db.prisma, scope, appName)) !== null) return
  if (application === null || scope.appIds !== undefined)
    throw new NotFoundError('Application not found')
  await createMissingApplication(ctx, scope, { appName, application })
}

interface Grant {
  readonly origin: string
  readonly appName: string
  readonly access: PortalAccessInput
}

async function grantAccess(ctx: ApiContext, scope: OrgScope, { origin, appName, access }: Grant) {
  const application = await findApplication(ctx.db.prisma, scope, appName)
  if (application === null || scope.appIds?.includes(application.id) === false)
    throw new NotFoundError('Application not found')
  const appId = application.id
  const token = await createPortalAccess(ctx, { ...scope, appId }, access)
  return { url: await portalLink(ctx, { origin, appId, token }), token }
}

export const authenticationRoutes = [
  portalAccess,
  dashboardAccess,
  expireAll,
  logout,
  renew,
] as const
