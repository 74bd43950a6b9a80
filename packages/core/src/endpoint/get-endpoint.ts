import { type EndpointRow, findEndpoint } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { type EndpointView, type EndpointViewContext, viewEndpoint } from './endpoint-view.ts'

export async function getEndpoint(
  ctx: EndpointViewContext,
  scope: AppScope,
  idOrUid: string,
): Promise<EndpointView> {
  return viewEndpoint(ctx, await getEndpointRow(ctx, scope, idOrUid))
}

/** Without its state. */
export async function getEndpointRow(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  idOrUid: string,
): Promise<EndpointRow> {
  const endpoint = await findEndpoint(ctx.db.prisma, scope, idOrUid)
  if (endpoint === null) throw new NotFoundError()
  return endpoint
}
