import { findEndpoints } from '@posthorn/db/endpoint-care'
import type { AppScope } from '../actor.ts'
import {
  type EndpointView,
  type EndpointViewContext,
  viewEndpoints,
} from '../endpoint/endpoint-view.ts'

/** In the order of the ids, without those that were deleted in the meantime. */
export async function viewInOrder(
  ctx: EndpointViewContext,
  scope: AppScope,
  found: readonly { readonly id: string }[],
): Promise<EndpointView[]> {
  const ids = found.map(({ id }) => id)
  const rows = await findEndpoints(ctx.db.prisma, scope, ids)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return viewEndpoints(
    ctx,
    ids.flatMap((id) => byId.get(id) ?? []),
  )
}
