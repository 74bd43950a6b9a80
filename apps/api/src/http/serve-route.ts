import type { IncomingMessage } from 'node:http'
import { type KeyScope, type Principal, recordPayloadRead } from '@posthorn/core'
import { clientAddress } from '@posthorn/safe-http'
import type { ApiContext } from '../context.ts'
import { type Caller, resolveScope } from './access.ts'
import { answerOnce } from './idempotent.ts'
import { identify } from './identify.ts'
import { leastRole, showsContent, withoutContent } from './least-role.ts'
import { parseBody, parseParams, parseSearch } from './parse-input.ts'
import { readText } from './read-body.ts'
import type { ApiRoute, RouteInput } from './route-table.ts'
import type { HttpAnswer } from './send.ts'
import { serveStaffRoute } from './serve-staff-route.ts'

export interface ApiRequest {
  readonly req: IncomingMessage
  readonly requestId: string
  readonly params: Readonly<Record<string, string>>
}

/** One request to one row: who, which scope, what input, then the handler. */
export async function serveRoute(
  ctx: ApiContext,
  route: ApiRoute,
  request: ApiRequest,
): Promise<HttpAnswer> {
  const { req } = request
  const origin = originOf(req)
  if (isOfStaff(route)) return serveStaffRoute(ctx, route, { ...request, origin })
  const principal = route.access.of === 'public' ? null : await authenticate(ctx, req)
  const params = parseParams(route, request.params)
  const query = queryOf(route, principal, req.url ?? '')
  const input = { principal, origin, params, query }
  if (principal === null) return route.handle(ctx, { ...input, ...(await anonymous(route, req)) })
  const { requestId } = request
  const needs = { keyScope: keyScopeOf(route), leastRole: leastRole(route) }
  const address = clientAddress(req, ctx.staff.trustedProxies)
  const caller: Caller = { principal, ...needs, requestId, address }
  const scope = await resolveScope(ctx.db, caller, { access: route.access, appId: params['appId'] })
  const bodyText = route.method === 'get' ? '' : await readText(req)
  const whole: RouteInput = { ...input, scope, body: parseBody(route, bodyText) }
  if (route.method === 'get') return read(ctx, route, whole)
  if (route.method !== 'post') return route.handle(ctx, whole)
  const keyed = {
    scopeId: scopeIdOf(principal),
    method: 'POST',
    url: req.url ?? '',
    key: keyOf(req),
    bodyText,
  }
  return answerOnce(ctx, keyed, (joined) => route.handle(joined, whole))
}

function isOfStaff({ access: { of } }: ApiRoute): boolean {
  return of === 'visitor' || of === 'anyone' || of === 'user'
}

/** What staff see of customers' messages stands in the audit record: who, when, which. */
async function read(ctx: ApiContext, route: ApiRoute, input: RouteInput): Promise<HttpAnswer> {
  const answer = await route.handle(ctx, input)
  const { principal, params, query, scope } = input
  if (principal?.kind === 'staff' && showsContent(route, query)) {
    const target =
      params['msgId'] ?? params['requestId'] ?? params['endpointId'] ?? params['appId'] ?? ''
    await recordPayloadRead(ctx, scope, target)
  }
  return answer
}

async function authenticate(ctx: ApiContext, req: IncomingMessage): Promise<Principal> {
  const principal = await identify(ctx, req)
  ctx.limitRate(limitedAs(principal))
  return principal
}

export function keyOf(req: IncomingMessage): string | undefined {
  const header = req.headers['idempotency-key']
  return Array.isArray(header) ? header.join(', ') : header
}

function limitedAs(principal: Principal): string {
  switch (principal.kind) {
    case 'key':
      return principal.id
    case 'staff':
      return principal.userId
    case 'organisation':
    case 'portal':
      return principal.tokenId
  }
}

function queryOf(route: ApiRoute, principal: Principal | null, url: string): unknown {
  const query = parseSearch(route, url)
  const isViewer = principal?.kind === 'staff' && principal.role === 'viewer'
  return isViewer ? withoutContent(route, query) : query
}

function scopeIdOf(principal: Principal): string {
  if (principal.kind === 'staff') return `${principal.orgId} ${principal.userId}`
  return principal.kind === 'portal' ? principal.appId : principal.orgId
}

function keyScopeOf(route: ApiRoute): KeyScope {
  if (route.access.of === 'administration') return 'admin'
  return route.method === 'get' ? 'read' : 'write'
}

const HOST = /^[a-z0-9.\-_]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i

function originOf(req: IncomingMessage): string {
  const { host = '' } = req.headers
  return HOST.test(host) ? `http://${host}` : ''
}

async function anonymous(
  route: ApiRoute,
  req: IncomingMessage,
): Promise<Pick<RouteInput, 'scope' | 'body'>> {
  const text = route.method === 'get' ? '' : await readText(req)
  return {
    scope: { orgId: '', actor: { kind: 'system', reason: 'anonymous' } },
    body: parseBody(route, text),
  }
}
