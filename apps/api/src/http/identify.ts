import type { IncomingMessage } from 'node:http'
import {
  ForbiddenError,
  type Principal,
  type StaffPrincipal,
  UnauthenticatedError,
} from '@posthorn/core'
import { findPlace, type SignedIn, verifySession } from '@posthorn/core/staff'
import type { ApiContext } from '../context.ts'
import { refuseForeignOrigin } from './same-origin.ts'
import { readCookies } from './session-cookie.ts'

/** The organisation that a call by session is about: chosen anew with each, never remembered by the server. */
const ORGANISATION_HEADER = 'posthorn-organisation'

/** Who calls: by `Authorization`, else by the console's session. At once when remembered. */
export function identify(ctx: ApiContext, req: IncomingMessage): Principal | Promise<Principal> {
  const { authorization, cookie } = req.headers
  if (authorization !== undefined || cookie === undefined)
    return ctx.authenticator.authenticate(authorization)
  return identifyUser(ctx, req)
}

async function identifyUser(ctx: ApiContext, req: IncomingMessage): Promise<StaffPrincipal> {
  const { sessionId, user } = await requireSession(ctx, req)
  const orgId = req.headers[ORGANISATION_HEADER]
  if (typeof orgId !== 'string')
    throw new ForbiddenError(`Name the organisation in the header ${ORGANISATION_HEADER}.`)
  const place = await findPlace(ctx, user.id, orgId)
  if (place === null) throw new ForbiddenError('You are no member of this organisation.')
  return { kind: 'staff', userId: user.id, sessionId, orgId, ...place, expiresAtMs: null }
}

/** The user of a request's cookie, from a page of ours. @throws {UnauthenticatedError} */
export async function requireSession(ctx: ApiContext, req: IncomingMessage): Promise<SignedIn> {
  refuseForeignOrigin(req, [ctx.publicUrl, ctx.staff.consoleUrl])
  const { sessionToken } = readCookies(req, ctx.staff.isSecure)
  if (sessionToken === null) throw new UnauthenticatedError('Sign in first.')
  return verifySession(ctx, sessionToken)
}

/** The same where there is one; null where nobody is signed in any more, or yet. */
export async function findSession(ctx: ApiContext, req: IncomingMessage): Promise<SignedIn | null> {
  try {
    return await requireSession(ctx, req)
  } catch (err) {
    if (err instanceof UnauthenticatedError) return null
    throw err
  }
}
