import { listWorstEndpoints as listRows } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { EndpointView, EndpointViewContext } from '../endpoint/endpoint-view.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'
import { viewInOrder } from './view-in-order.ts'

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
  return { ...found, items: await viewInOrder(ctx, scope, found.items) }
}

/** The worst has the smallest key. */
const OPPOSITE = { ascending: 'descending', descending: 'ascending' } as const
