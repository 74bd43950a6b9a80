import {
  SupportApplicationList,
  type SupportApplicationOut,
  SupportApplicationQuery,
} from '@posthorn/contracts'
import { listSupportApplications, type SupportApplication } from '@posthorn/core/support'
import { endpointRoute, ok } from './endpoint-route.ts'
import { presentPage } from './page-presenter.ts'

const list = endpointRoute({
  method: 'get',
  path: '/api/v1/support/application',
  operationId: 'v1.support.list-applications',
  summary: 'List applications with how their endpoints are, newest first',
  tags: ['Support'],
  access: { of: 'organisation', keepsToLimit: true },
  query: SupportApplicationQuery,
  response: { 200: SupportApplicationList },
  handle: async (ctx, { scope, query: { limit, iterator, search = null, endpoints = null } }) => {
    const page = { limit, iterator, order: 'descending' as const }
    const found = await listSupportApplications(ctx, scope, {
      page,
      text: search,
      held: endpoints,
    })
    return ok(presentPage(found, presentSupportApplication))
  },
})

function presentSupportApplication(found: SupportApplication): SupportApplicationOut {
  const { application, endpoints, failing, disabled, waiting, waitingCapped, ...day } = found
  return {
    id: application.id,
    name: application.name,
    uid: application.uid,
    throttleRate: application.throttleRate,
    createdAt: application.createdAt.toISOString(),
    endpoints: { total: endpoints, failing, disabled },
    waiting,
    waitingCapped,
    attempts24h: day,
  }
}

export const supportApplicationRoutes = [list] as const
