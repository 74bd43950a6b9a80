import type { AppScope, OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'

/** The organisation's reserved application: its endpoints are what operational webhooks go to. */
export async function getOperationalScope(
  ctx: Pick<CoreContext, 'db'>,
  scope: OrgScope,
): Promise<AppScope> {
  const organisation = await ctx.db.prisma.organisation.findUnique({ where: { id: scope.orgId } })
  if (organisation === null) throw new NotFoundError()
  return { ...scope, appId: organisation.operationalAppId }
}
