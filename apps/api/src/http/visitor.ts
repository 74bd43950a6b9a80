import type { IncomingMessage } from 'node:http'
import type { Visitor } from '@posthorn/core/staff'
import { clientAddress, networkOf } from '@posthorn/safe-http'
import type { ApiContext } from '../context.ts'
import { readCookies } from './session-cookie.ts'

/** Whose request this is as far as a connection tells. */
export function visitorOf(ctx: Pick<ApiContext, 'staff'>, req: IncomingMessage): Visitor {
  const address = clientAddress(req, ctx.staff.trustedProxies)
  return {
    address,
    network: networkOf(address),
    userAgent: req.headers['user-agent'] ?? '',
    deviceToken: readCookies(req, ctx.staff.isSecure).deviceToken,
  }
}
