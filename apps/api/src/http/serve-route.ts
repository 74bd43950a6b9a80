import type { IncomingMessage } from 'node:http'
import { parseJsonBody, parseQuery, parseRequest } from '@posthorn/contracts'
import { type KeyScope, NotFoundError, type Principal } from '@posthorn/core'
import type { ApiContext } from '../context.ts'
import { type Caller, resolveScope } from './access.ts'
import { answerOnce } from './idempotent.ts'
import { readText } from './read-body.ts'
import type { ApiRoute, RouteInput } from './route-table.ts'
import type { HttpAnswer } from './send.ts'

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
  const principal = route.access.of === 'public' ? null : await authenticate(ctx, req)
  const params = parseParams(route, request.params)
  const query = parseSearch(route, req.url ?? '')
  const input = { principal, origin: originOf(req), params, query }
  if (principal === null) return route.handle(ctx, { ...input, ...(await anonymous(route, req)) })
  const caller: Caller = { principal, keyScope: keyScopeOf(route), requestId: request.requestId }
  const scope = await resolveScope(ctx.db, caller, { access: route.access, appId: params['appId'] })
  const bodyText = route.method === 'get' ? '' : await readText(req)
  const whole: RouteInput = { ...input, scope, body: parseBody(route, bodyText) }
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

async function authenticate(ctx: ApiContext, req: IncomingMessage): Promise<Principal> {
  const principal = await ctx.authenticator.authenticate(req.headers.authorization)
  ctx.limitRate(principal.kind === 'key' ? principal.id : principal.tokenId)
  return principal
}

export function keyOf(req: IncomingMessage): string | undefined {
  const header = req.headers['idempotency-key']
  return Array.isArray(header) ? header.join(', ') : header
}

function scopeIdOf(principal: Principal): string {
  return principal.kind === 'portal' ? principal.appId : principal.orgId
}

function keyScopeOf(route: ApiRoute): KeyScope {
  return route.method === 'get' ? 'read' : 'write'
}

const HOST = /^[a-z0-9.\-_]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i

function originOf(req: IncomingMessage): string {
  const { host = '' } = req.headers
  return HOST.test(host) ? `http://${host}` : ''
}

// What no path can mean was never there.
function parseParams(
  route: ApiRoute,
  params: Readonly<Record<string, string>>,
): Record<string, string> {
  if (route.params === undefined) return { ...params }
  const parsed = route.params.safeParse({ ...params })
  if (!parsed.success) throw new NotFoundError()
  return { ...params }
}

function parseSearch(route: ApiRoute, url: string): unknown {
  if (route.query === undefined) return undefined
  const at = url.indexOf('?')
  return parseQuery(route.query, at === -1 ? '' : url.slice(at + 1))
}

function parseBody(route: ApiRoute, text: string): unknown {
  if (route.body === undefined) return undefined
  const isLeftOut = text === '' && route.body.safeParse({}).success
  return parseRequest(route.body, isLeftOut ? {} : parseJsonBody(text), 'body')
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
