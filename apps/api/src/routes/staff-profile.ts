import {
  StaffCodeIn,
  StaffPasswordIn,
  StaffProfileOut,
  StaffProofIn,
  StaffRecoveryCodesOut,
  StaffSignedInOut,
  StaffSessionsOut,
  StaffTotpOut,
} from '@posthorn/contracts'
import {
  beginTotp,
  changePassword,
  confirmTotp,
  countCodes,
  endOtherSessions,
  endSession,
  listRoles,
  listSessions,
  provePassword,
  removeTotp,
  type SignedIn,
} from '@posthorn/core/staff'
import type { ApiContext } from '../context.ts'
import { endedCookie } from '../http/session-cookie.ts'
import { ok } from './endpoint-route.ts'
import { presentProfile, presentSession } from './staff-presenter.ts'
import { staffRoute } from './staff-route.ts'

const USER = { of: 'user' } as const
const BASE = '/api/v1/staff/me'

const me = staffRoute({
  method: 'get',
  path: BASE,
  operationId: 'v1.staff.me',
  summary: 'Who is signed in, and in which organisations as what',
  access: USER,
  response: { 200: StaffProfileOut },
  handle: async (ctx, { signedIn }) => ok(await profileOf(ctx, signedIn)),
})

// What a page asks first: that nobody is signed in yet is an answer, no error on the browser's console.
const whoever = staffRoute({
  method: 'get',
  path: '/api/v1/staff/session',
  operationId: 'v1.staff.session.get',
  summary: 'Whether somebody is signed in, and who',
  access: { of: 'anyone' },
  response: { 200: StaffSignedInOut },
  handle: async (ctx, { signedIn }) =>
    ok({ user: signedIn === null ? null : await profileOf(ctx, signedIn) }),
})

const signOut = staffRoute({
  method: 'post',
  path: `${BASE}/sign-out`,
  operationId: 'v1.staff.sign-out',
  summary: 'End the session of this request',
  access: USER,
  response: { 204: null },
  handle: async (ctx, { signedIn }) => {
    await endSession(ctx, signedIn.user.id, signedIn.sessionId)
    return { status: 204, headers: { 'set-cookie': endedCookie(ctx.staff.isSecure) } }
  },
})

const sessions = staffRoute({
  method: 'get',
  path: `${BASE}/session`,
  operationId: 'v1.staff.session.list',
  summary: "List one's own sessions",
  access: USER,
  response: { 200: StaffSessionsOut },
  handle: async (ctx, { signedIn }) => {
    const rows = await listSessions(ctx, signedIn.user.id)
    return ok({ data: rows.map((row) => presentSession(row, signedIn.sessionId)) })
  },
})

const endOne = staffRoute({
  method: 'delete',
  path: `${BASE}/session/:sessionId`,
  operationId: 'v1.staff.session.delete',
  summary: "End one of one's own sessions",
  access: USER,
  response: { 204: null },
  handle: async (ctx, { signedIn, params }) => {
    await endSession(ctx, signedIn.user.id, params['sessionId'] ?? '')
    return { status: 204 }
  },
})

const endOthers = staffRoute({
  method: 'post',
  path: `${BASE}/session/end-others`,
  operationId: 'v1.staff.session.end-others',
  summary: "End all of one's own sessions but this one",
  access: USER,
  response: { 204: null },
  handle: async (ctx, { signedIn }) => {
    await endOtherSessions(ctx, signedIn)
    return { status: 204 }
  },
})

const password = staffRoute({
  method: 'post',
  path: `${BASE}/password`,
  operationId: 'v1.staff.change-password',
  summary: "Change one's own password; ends all other sessions",
  access: USER,
  body: StaffPasswordIn,
  response: { 204: null },
  handle: async (ctx, { signedIn, visitor, body }) => {
    const change = { current: body.password, next: body.newPassword }
    await changePassword(ctx, { signedIn, visitor }, change)
    return { status: 204 }
  },
})

const totpBegin = staffRoute({
  method: 'post',
  path: `${BASE}/totp`,
  operationId: 'v1.staff.totp.begin',
  summary: 'Get a secret for an authenticator; a first code puts it in force',
  access: USER,
  body: StaffProofIn,
  response: { 200: StaffTotpOut },
  handle: async (ctx, { signedIn, visitor, body }) => {
    await provePassword(ctx, { signedIn, visitor }, body.password)
    return ok(await beginTotp(ctx, signedIn))
  },
})

const totpConfirm = staffRoute({
  method: 'post',
  path: `${BASE}/totp/confirm`,
  operationId: 'v1.staff.totp.confirm',
  summary: 'Prove the authenticator; answers the recovery codes, this once',
  access: USER,
  body: StaffCodeIn,
  response: { 200: StaffRecoveryCodesOut },
  handle: async (ctx, { signedIn, body }) =>
    ok({ codes: await confirmTotp(ctx, signedIn, body.code) }),
})

const totpRemove = staffRoute({
  method: 'post',
  path: `${BASE}/totp/remove`,
  operationId: 'v1.staff.totp.remove',
  summary: 'Do without a second factor',
  access: USER,
  body: StaffProofIn,
  response: { 204: null },
  handle: async (ctx, { signedIn, visitor, body }) => {
    await provePassword(ctx, { signedIn, visitor }, body.password)
    await removeTotp(ctx, signedIn)
    return { status: 204 }
  },
})

async function profileOf(ctx: ApiContext, signedIn: SignedIn): Promise<StaffProfileOut> {
  const memberships = await listRoles(ctx, signedIn.user.id)
  const recoveryCodesLeft = await countCodes(ctx, signedIn.user.id)
  return presentProfile(signedIn, { memberships, recoveryCodesLeft })
}

export const staffProfileRoutes = [
  me,
  whoever,
  signOut,
  sessions,
  endOthers,
  endOne,
  password,
  totpBegin,
  totpConfirm,
  totpRemove,
] as const
