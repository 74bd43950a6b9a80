import { listEndpoints as listRows } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'
import { type EndpointView, type EndpointViewContext, viewEndpoints } from './endpoint-view.ts'

export async function listEndpoints(
  ctx: EndpointViewContext,
  scope: AppScope,
  request: PageRequest,
): Promise<Page<EndpointView>> {
  const page = await listPage(request, {
    fetch: (window) => listRows(ctx.db.prisma, scope, window),
    keyOf: (endpoint) => endpoint.id,
  })
  return { ...page, items: await viewEndpoints(ctx, page.items) }
}
