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

/** Of a wider scope, what tells whose tasks may be seen: the organisation's, or only its application's. */
export function ownTasks({ orgId, appId }: TaskScope): TaskScope {
  return appId === undefined ? { orgId } : { orgId, appId }
}
