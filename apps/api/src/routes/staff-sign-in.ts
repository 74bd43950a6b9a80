import {
  StaffLinkIn,
  StaffLinkOut,
  StaffRedeemIn,
  StaffSignInIn,
  StaffSignInOptionsOut,
} from '@posthorn/contracts'
import {
  acceptInvitation,
  readLink,
  redeemLink,
  signIn,
  type StartedSession,
} from '@posthorn/core/staff'
import type { ApiContext } from '../context.ts'
import { sessionCookies } from '../http/session-cookie.ts'
import { ok } from './endpoint-route.ts'
import { type StaffAnswer, staffRoute } from './staff-route.ts'

const VISITOR = { of: 'visitor' } as const
const BASE = '/api/v1/staff'

const options = staffRoute({
  method: 'get',
  path: `${BASE}/sign-in`,
  operationId: 'v1.staff.sign-in-options',
  summary: 'How users may sign in',
  access: VISITOR,
  response: { 200: StaffSignInOptionsOut },
  handle: async (ctx) =>
    ok({ openId: ctx.openId === null ? null : { label: ctx.openId.config.label } }),
})

const signInByPassword = staffRoute({
  method: 'post',
  path: `${BASE}/sign-in`,
  operationId: 'v1.staff.sign-in',
  summary: 'Sign in with a password: the session is a cookie',
  access: VISITOR,
  body: StaffSignInIn,
  response: { 204: null },
  handle: async (ctx, { visitor, body: { email, password, code } }) =>
    started(ctx, await signIn(ctx, visitor, { email, password, code: code ?? null })),
})

const lookAtLink = staffRoute({
  method: 'post',
  path: `${BASE}/link`,
  operationId: 'v1.staff.link.read',
  summary: 'What a one-time link is for',
  access: VISITOR,
  body: StaffLinkIn,
  response: { 200: StaffLinkOut },
  handle: async (ctx, { body }) => ok(await readLink(ctx, body.token)),
})

const redeem = staffRoute({
  method: 'post',
  path: `${BASE}/link/redeem`,
  operationId: 'v1.staff.link.redeem',
  summary: 'Use a one-time link up: sets a password and signs in',
  access: VISITOR,
  body: StaffRedeemIn,
  response: { 204: null },
  handle: async (ctx, { visitor, body }) => {
    const { token, email = null, name = null, newPassword: password } = body
    return started(ctx, await redeemLink(ctx, visitor, { token, email, name, password }))
  },
})

const accept = staffRoute({
  method: 'post',
  path: `${BASE}/link/accept`,
  operationId: 'v1.staff.link.accept',
  summary: 'Accept an invitation as the user who is signed in',
  access: { of: 'user' },
  body: StaffLinkIn,
  response: { 204: null },
  handle: async (ctx, { signedIn, body }) => {
    await acceptInvitation(ctx, signedIn, body.token)
    return { status: 204 }
  },
})

function started(ctx: ApiContext, session: StartedSession): StaffAnswer {
  return { status: 204, headers: { 'set-cookie': sessionCookies(session, ctx.staff.isSecure) } }
}

export const staffSignInRoutes = [options, signInByPassword, lookAtLink, redeem, accept] as const
