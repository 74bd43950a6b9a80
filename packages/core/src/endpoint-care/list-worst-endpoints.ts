import { listWorstEndpoints as listRows } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import {
  type EndpointView,
  type EndpointViewContext,
  viewEndpoints,
} from '../endpoint/endpoint-view.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'

export interface WorstList {
  readonly page: PageRequest
  /** Part of its URL, description, uid or id; null: any. */
  readonly text: string | null
}

/** Worst first when descending: what fails the longest, what waits for its limit, what is disabled, the rest. */
export async function listWorstEndpoints(
  ctx: EndpointViewContext,
  scope: AppScope,
  { page, text }: WorstList,
): Promise<Page<EndpointView>> {
  const request = { ...page, order: OPPOSITE[page.order] }
  const found = await listPage(request, {
    fetch: (window) => listRows(ctx.db.prisma, scope, { text, window }),
    keyOf: ({ key }) => key,
  })
  const ids = found.items.map(({ id }) => id)
  const rows = await ctx.db.prisma.endpoint.findMany({
    where: { id: { in: ids }, orgId: scope.orgId, appId: scope.appId, deletedAt: null },
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const items = await viewEndpoints(
    ctx,
    ids.flatMap((id) => byId.get(id) ?? []),
  )
  return { ...found, items }
}

/** The worst has the smallest key. */
const OPPOSITE = { ascending: 'descending', descending: 'ascending' } as const
