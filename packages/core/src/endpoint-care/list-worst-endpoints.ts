import { listWorstEndpoints as listRows } from '@posthorn/db'
import type { EndpointWanted } from '@posthorn/db/endpoint-care'
import type { AppScope } from '../actor.ts'
import type { EndpointView, EndpointViewContext } from '../endpoint/endpoint-view.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'
import { viewInOrder } from './view-in-order.ts'

export interface WorstList extends EndpointWanted {
  readonly page: PageRequest
}

/** Worst first when descending: what fails the longest, what waits for its limit, what is disabled, the rest. */
export async function listWorstEndpoints(
  ctx: EndpointViewContext,
  scope: AppScope,
  { page, ...wanted }: WorstList,
): Promise<Page<EndpointView>> {
  const request = { ...page, order: OPPOSITE[page.order] }
  const found = await listPage(request, {
    fetch: (window) => listRows(ctx.db.prisma, scope, { ...wanted, window }),
    keyOf: ({ key }) => key,
  })
  return { ...found, items: await viewInOrder(ctx, scope, found.items) }
}

/** The worst has the smallest key. */
const OPPOSITE = { ascending: 'descending', descending: 'ascending' } as const
