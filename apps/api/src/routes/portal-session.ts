import { PortalSessionList, type PortalSessionOut } from '@posthorn/contracts'
import { listPortalSessions, type PortalSession } from '@posthorn/core/staff'
import { presentDoneBy } from './done-by-presenter.ts'
import { endpointRoute, ok } from './endpoint-route.ts'

const list = endpointRoute({
  method: 'get',
  path: '/api/v1/app/:appId/portal-session',
  operationId: 'v1.portal-session.list',
  summary: 'Who may use the portal of an application, and until when',
  tags: ['Authentication'],
  access: { of: 'application', capability: null },
  response: { 200: PortalSessionList },
  handle: async (ctx, { scope }) =>
    ok({ data: (await listPortalSessions(ctx, scope)).map(presentSession) }),
})

function presentSession({ by, ...session }: PortalSession): PortalSessionOut {
  const { sessionId, capabilities, openedAt, lastOpenedAt, expiresAt, isOver } = session
  return {
    sessionId,
    capabilities: [...capabilities],
    openedAt: openedAt.toISOString(),
    lastOpenedAt: lastOpenedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    isOver,
    by: presentDoneBy(by),
  }
}

export const portalSessionRoutes = [list] as const
