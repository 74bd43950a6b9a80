import { AppPortalAccessOut, StaffPortalAccessIn } from '@posthorn/contracts'
import { openPortalAsStaff } from '@posthorn/core/staff'
import { portalLink } from '../http/portal-link.ts'
import { endpointRoute, ok } from './endpoint-route.ts'

const open = endpointRoute({
  method: 'post',
  path: '/api/v1/staff/portal-access/:appId',
  operationId: 'v1.staff.portal-access',
  summary: "Open an application's portal as staff: for an hour, read-only unless asked otherwise",
  tags: ['Staff'],
  access: { of: 'application', capability: null },
  body: StaffPortalAccessIn,
  response: { 200: AppPortalAccessOut },
  handle: async (ctx, { scope, principal, origin, body }) => {
    const token = await openPortalAsStaff(ctx, scope, { principal, canManage: body.canManage })
    return ok({ url: await portalLink(ctx, { origin, appId: scope.appId, token }), token })
  },
})

export const staffPortalRoutes = [open] as const
