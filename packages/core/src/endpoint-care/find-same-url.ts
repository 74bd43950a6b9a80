import { listEndpointsAt } from '@posthorn/db/staff'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'

/** Other endpoints of the application with exactly this URL. */
export async function findSameUrl(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  { url, endpointId }: { readonly url: string; readonly endpointId: string | null },
): Promise<string[]> {
  const ids = await listEndpointsAt(ctx.db.prisma, scope, url)
  return ids.filter((id) => id !== endpointId)
}
