import {
  inTransaction,
  lockRunningTask,
  markTaskCanceled,
  type TaskRow,
  type TaskScope,
} from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { getTask } from './get-task.ts'
import { getOwnTask } from './pause-task.ts'
import { reportTaskEnded } from './report-task-ended.ts'

/** What it did stays done. A task that has ended already stays as it ended. */
export async function cancelTask(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: OrgScope & TaskScope,
  id: string,
): Promise<TaskRow> {
  const task = await getOwnTask(ctx, scope, id)
  return inTransaction(ctx.db, async (tx) => {
    // Waits for a slice that is running, never for the whole task.
    if ((await lockRunningTask(tx, id)) === null) return getTask(ctx, scope, id)
    const canceled = await markTaskCanceled(tx, id)
    const owner = task.appId === null ? scope : { ...scope, appId: task.appId }
    await recordAudit(tx, owner, { action: 'task.cancel', target: id })
    await reportTaskEnded(ctx, tx, canceled)
    return canceled
  })
}
