import { signInByIdentity } from '@posthorn/core/staff'
import type { Express, Request, Response } from 'express'
import type { ApiContext } from '../context.ts'
import { readCookie, sessionCookies } from '../http/session-cookie.ts'
import { visitorOf } from '../http/visitor.ts'
import type { OpenIdClient, OpenIdTrip } from './openid-client.ts'

const START = '/console/openid'
const CALLBACK = `${START}/callback`
const COOKIE = 'posthorn-openid'
const TRIP_SECONDS = 600
const REFUSED = '/console/sign-in?refused=1'

/** The way to the provider and back, as navigations of the browser. */
export function mountOpenId(app: Express, ctx: ApiContext): void {
  const { openId } = ctx
  if (openId === null) return
  app.get(START, (req: Request, res: Response) => {
    void leave(ctx, openId, { req, res }).catch((err: unknown) => refuse(ctx, res, err))
  })
  app.get(CALLBACK, (req: Request, res: Response) => {
    void arrive(ctx, openId, { req, res }).catch((err: unknown) => refuse(ctx, res, err))
  })
}

interface Exchange {
  readonly req: Request
  readonly res: Response
}

async function leave(ctx: ApiContext, openId: OpenIdClient, { req, res }: Exchange): Promise<void> {
  ctx.limitRate(`network:${visitorOf(ctx, req).network}`)
  const { url, trip } = await openId.leave(baseOf(ctx, req) + CALLBACK)
  const sealed = ctx.vault.seal(JSON.stringify({ ...trip, atMs: ctx.clock.nowMs() }))
  const value = Buffer.from(sealed).toString('base64url')
  redirect(res, url.href, [tripCookie(ctx, value, TRIP_SECONDS)])
}

async function arrive(
  ctx: ApiContext,
  openId: OpenIdClient,
  { req, res }: Exchange,
): Promise<void> {
  const trip = readTrip(ctx, readCookie(req.headers.cookie ?? '', COOKIE))
  const at = new URL(req.originalUrl, baseOf(ctx, req))
  const { role, ...claims } = await openId.arrive(at, trip)
  const { grant } = openId.config
  const started = await signInByIdentity(ctx, visitorOf(ctx, req), {
    ...claims,
    grant: grant === null || role === null ? null : { orgId: grant.orgId, role },
  })
  const cookies = [...sessionCookies(started, ctx.staff.isSecure), tripCookie(ctx, '', 0)]
  redirect(res, '/console', cookies)
}

// Lax: the provider's answer is a navigation from another site, which has to bring it along.
function tripCookie(ctx: ApiContext, value: string, seconds: number): string {
  const secure = ctx.staff.isSecure ? '; Secure' : ''
  return `${COOKIE}=${value}; Path=${START}; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`
}

function readTrip(ctx: ApiContext, value: string | null): OpenIdTrip {
  if (value === null) throw new Error('No sign-in was begun in this browser.')
  const trip: unknown = JSON.parse(ctx.vault.open(Buffer.from(value, 'base64url')))
  if (!isTrip(trip) || ctx.clock.nowMs() - trip.atMs > TRIP_SECONDS * 1000)
    throw new Error('The sign-in took too long.')
  return trip
}

function isTrip(value: unknown): value is OpenIdTrip & { readonly atMs: number } {
  const { state, nonce, verifier, atMs } = Object(value)
  return [state, nonce, verifier].every((text) => typeof text === 'string') && atMs > 0
}

function baseOf(ctx: ApiContext, req: Request): string {
  return ctx.staff.consoleUrl ?? ctx.publicUrl ?? `http://${req.headers.host ?? ''}`
}

function redirect(res: Response, location: string, cookies: string[]): void {
  res.writeHead(303, { location, 'set-cookie': cookies, 'cache-control': 'no-store' }).end()
}

function refuse(ctx: ApiContext, res: Response, err: unknown): void {
  ctx.events.failed('openid', err)
  redirect(res, REFUSED, [tripCookie(ctx, '', 0)])
}
