import { findTask, type TaskRow, type TaskScope } from '@posthorn/db'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'

export async function getTask(
  ctx: Pick<CoreContext, 'db'>,
  scope: TaskScope,
  id: string,
): Promise<TaskRow> {
  const task = await findTask(ctx.db.prisma, ownTasks(scope), id)
  if (task === null) throw new NotFoundError()
  return task
}

/** Of a wider scope, what tells whose tasks may be seen: the organisation's, or only those of applications. */
export function ownTasks({ orgId, appId, appIds }: TaskScope): TaskScope {
  return appId === undefined ? { orgId, appIds } : { orgId, appId, appIds }
}
