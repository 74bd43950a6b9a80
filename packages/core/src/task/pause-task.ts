import { inTransaction, markTaskPaused, type TaskRow, type TaskScope } from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { ForbiddenError } from '../errors.ts'
import { getTask } from './get-task.ts'
import { approvalOf } from './task-approval.ts'
import { taskProgress } from './task-progress.ts'

type Context = Pick<CoreContext, 'db'>
type Scope = OrgScope & TaskScope

/** Held after the slice that is running; what is on its way goes on. A task that has ended stays as it ended. */
export function pauseTask(ctx: Context, scope: Scope, id: string): Promise<TaskRow> {
  return setPaused(ctx, scope, { id, isPaused: true })
}

/** Goes on where it stopped. */
export function resumeTask(ctx: Context, scope: Scope, id: string): Promise<TaskRow> {
  return setPaused(ctx, scope, { id, isPaused: false })
}

async function setPaused(
  ctx: Context,
  scope: Scope,
  change: { readonly id: string; readonly isPaused: boolean },
): Promise<TaskRow> {
  const task = await getOwnTask(ctx, scope, change.id)
  if (!change.isPaused && approvalOf(task, scope.actor)?.isWaiting === true)
    throw new ForbiddenError('It waits for the approval of a second person.')
  const owner = task.appId === null ? scope : { ...scope, appId: task.appId }
  const changed = await inTransaction(ctx.db, async (tx) => {
    const { fraction } = taskProgress(task)
    const row = await markTaskPaused(tx, { ...change, fraction })
    const action = change.isPaused ? 'task.pause' : 'task.resume'
    if (row !== null) await recordAudit(tx, owner, { action, target: change.id })
    return row
  })
  return changed ?? getTask(ctx, scope, change.id)
}

/** A portal's customer sees that its application's contents are removed, but can't keep that from happening. */
export async function getOwnTask(ctx: Context, scope: Scope, id: string): Promise<TaskRow> {
  const task = await getTask(ctx, scope, id)
  if (scope.actor.kind === 'portal' && task.type === 'application.purge_content') {
    throw new ForbiddenError()
  }
  return task
}
