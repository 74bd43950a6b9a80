import { type Database, loadEndpoints } from '@posthorn/db'
import { isId } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { getEndpointRow } from '../endpoint/get-endpoint.ts'
import { NotFoundError } from '../errors.ts'

/** A message keeps the attempts to endpoints that were deleted since: those are found by id. */
export async function getPastEndpointId(
  ctx: { readonly db: Database },
  scope: AppScope,
  idOrUid: string,
): Promise<string> {
  if (!isId('ep_', idOrUid)) return (await getEndpointRow(ctx, scope, idOrUid)).id
  const [endpoint] = await loadEndpoints(ctx.db, scope, [idOrUid])
  if (endpoint === undefined) throw new NotFoundError()
  return endpoint.id
}
