import { type Application, findApplication } from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'

export async function getApplication(
  ctx: Pick<CoreContext, 'db'>,
  scope: OrgScope,
  idOrUid: string,
): Promise<Application> {
  const application = await findApplication(ctx.db.prisma, scope, idOrUid)
  if (application === null) throw new NotFoundError()
  return application
}
