import type { IncomingMessage } from 'node:http'
import type { SignedIn } from '@posthorn/core/staff'
import type { ApiContext } from '../context.ts'
import { findSession, requireSession } from './identify.ts'
import { parseBody, parseParams, parseSearch } from './parse-input.ts'
import { readText } from './read-body.ts'
import type { ApiRoute, RouteInput } from './route-table.ts'
import { refuseForeignOrigin } from './same-origin.ts'
import type { HttpAnswer } from './send.ts'
import { visitorOf } from './visitor.ts'

interface StaffRequest {
  readonly req: IncomingMessage
  readonly requestId: string
  readonly origin: string
  readonly params: Readonly<Record<string, string>>
}

/** What a user does for themselves, in no organisation: sign in, end sessions, change their password. */
export async function serveStaffRoute(
  ctx: ApiContext,
  route: ApiRoute,
  request: StaffRequest,
): Promise<HttpAnswer> {
  const { req, requestId, origin } = request
  refuseForeignOrigin(req, [ctx.publicUrl, ctx.staff.consoleUrl])
  const visitor = visitorOf(ctx, req)
  const signedIn = await signedInFor(ctx, route, req)
  ctx.limitRate(signedIn?.user.id ?? `network:${visitor.network}`)
  const actor =
    signedIn === null
      ? ({ kind: 'system', reason: 'anonymous' } as const)
      : ({ kind: 'user', id: signedIn.user.id } as const)
  const input: RouteInput = {
    scope: { orgId: '', actor, requestId, address: visitor.address },
    principal: null,
    visitor,
    signedIn,
    origin,
    params: parseParams(route, request.params),
    query: parseSearch(route, req.url ?? ''),
    body: parseBody(route, route.method === 'get' ? '' : await readText(req)),
  }
  return route.handle(ctx, input)
}

async function signedInFor(
  ctx: ApiContext,
  route: ApiRoute,
  req: IncomingMessage,
): Promise<SignedIn | null> {
  if (route.access.of === 'user') return requireSession(ctx, req)
  return route.access.of === 'anyone' ? findSession(ctx, req) : null
}
