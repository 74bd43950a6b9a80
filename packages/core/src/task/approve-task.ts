import {
  inTransaction,
  lockRunningTask,
  markTaskApproved,
  markTaskPaused,
  type TaskRow,
} from '@posthorn/db'
import { actorText, type OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { ForbiddenError } from '../errors.ts'
import { getTask } from './get-task.ts'
import { approvalOf } from './task-approval.ts'
import { taskProgress } from './task-progress.ts'

/**
 * A second person lets a task over many endpoints send more than one may alone; what waits for that goes on.
 * A task that has ended, was approved before or needs nobody's say stays as it is.
 * @throws {ForbiddenError} by who started it, or by no person
 */
export async function approveTask(
  ctx: Pick<CoreContext, 'db'>,
  scope: OrgScope,
  id: string,
): Promise<TaskRow> {
  await getTask(ctx, scope, id)
  await inTransaction(ctx.db, async (tx) => {
    const task = await lockRunningTask(tx, id)
    const approval = task === null ? null : approvalOf(task, scope.actor)
    if (task === null || approval === null || approval.isGiven) return
    if (!approval.mayGive)
      throw new ForbiddenError('Somebody else than who started it has to approve it.')
    const by = actorText(scope.actor)
    await markTaskApproved(tx, { id, by })
    const { fraction } = taskProgress(task)
    if (approval.isWaiting) await markTaskPaused(tx, { id, isPaused: false, fraction })
    const changes = diffChanges({}, { startedBy: task.actor, approvedBy: by, sent: task.done })
    await recordAudit(tx, scope, { action: 'task.approve', target: id, changes })
  })
  return getTask(ctx, scope, id)
}
