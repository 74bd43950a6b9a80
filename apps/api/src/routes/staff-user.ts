import {
  StaffInvitationIn,
  StaffInvitationsOut,
  StaffInvitedOut,
  StaffUserList,
  StaffUserListQuery,
  StaffUserPatch,
} from '@posthorn/contracts'
import {
  changeMember,
  inviteStaff,
  listMembers,
  listOpenInvitations,
  withdrawInvitation,
} from '@posthorn/core/staff'
import { afterCommit } from '@posthorn/db'
import { consoleLink } from '../http/console-link.ts'
import { created, endpointRoute, noContent, ok } from './endpoint-route.ts'
import { presentPage } from './page-presenter.ts'
import { presentInvitation, presentMember } from './staff-presenter.ts'

const ADMINISTRATION = { of: 'administration' } as const
const tags = ['Staff']

const list = endpointRoute({
  method: 'get',
  path: '/api/v1/staff/user',
  operationId: 'v1.staff.user.list',
  summary: 'List the users of the organisation',
  tags,
  access: ADMINISTRATION,
  query: StaffUserListQuery,
  response: { 200: StaffUserList },
  handle: async (ctx, { scope, query }) => {
    const page = { ...query, order: 'ascending' as const }
    return ok(presentPage(await listMembers(ctx, scope, page), presentMember))
  },
})

const patch = endpointRoute({
  method: 'patch',
  path: '/api/v1/staff/user/:userId',
  operationId: 'v1.staff.user.patch',
  summary: "Change a user's role or applications in the organisation, or shut them out of it",
  tags,
  access: ADMINISTRATION,
  body: StaffUserPatch,
  response: { 204: null },
  handle: async (ctx, { scope, params, body }) => {
    await changeMember(ctx, scope, { userId: params.userId, ...body })
    // A portal that they opened may end with it: at once, here too.
    afterCommit(ctx.db, () => ctx.authenticator.forget())
    return { status: 204 }
  },
})

const invitations = endpointRoute({
  method: 'get',
  path: '/api/v1/staff/invitation',
  operationId: 'v1.staff.invitation.list',
  summary: 'List invitations that are still open',
  tags,
  access: ADMINISTRATION,
  response: { 200: StaffInvitationsOut },
  handle: async (ctx, { scope }) =>
    ok({ data: (await listOpenInvitations(ctx, scope)).map(presentInvitation) }),
})

const invite = endpointRoute({
  method: 'post',
  path: '/api/v1/staff/invitation',
  operationId: 'v1.staff.invitation.create',
  summary: 'Invite a user: the link is shown this once',
  tags,
  access: ADMINISTRATION,
  body: StaffInvitationIn,
  response: { 201: StaffInvitedOut },
  handle: async (ctx, { scope, origin, body }) => {
    const invitation = { ...body, applications: body.applications ?? [] }
    const { id, token, expiresAt } = await inviteStaff(ctx, scope, invitation)
    const url = consoleLink(ctx, { origin, token })
    return created({ id, url, expiresAt: expiresAt.toISOString() })
  },
})

const withdraw = endpointRoute({
  method: 'delete',
  path: '/api/v1/staff/invitation/:invitationId',
  operationId: 'v1.staff.invitation.delete',
  summary: 'Take an invitation back',
  tags,
  access: ADMINISTRATION,
  response: { 204: null },
  handle: (ctx, { scope, params }) =>
    noContent(withdrawInvitation(ctx, scope, params.invitationId)),
})

export const staffUserRoutes = [list, patch, invitations, invite, withdraw] as const
