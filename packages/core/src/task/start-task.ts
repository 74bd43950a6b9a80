import { countRunningTasks, insertTask, type TaskRow, type Transaction } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import { actorText, type AppScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { RefusedError } from '../errors.ts'
import { type NewTask, storeInput } from './task-input.ts'

export const MAX_RUNNING_TASKS = 100

/** A row in the transaction of the request: whatever dies afterwards, the task is done. */
export async function startTask(tx: Transaction, scope: AppScope, task: NewTask): Promise<TaskRow> {
  const { type, endpointId, now } = task
  await refuseTooMany(tx, scope)
  const input = storeInput(task.input)
  const row = await insertTask(tx, {
    id: newId('qtask_', now.getTime()),
    orgId: scope.orgId,
    appId: scope.appId,
    endpointId,
    type,
    input,
    actor: actorText(scope.actor),
    createdAt: now,
  })
  const changes = diffChanges({}, input)
  await recordAudit(tx, scope, { action: type, target: endpointId ?? scope.appId, changes })
  return row
}

async function refuseTooMany(tx: Transaction, { appId }: AppScope): Promise<void> {
  if ((await countRunningTasks(tx, appId)) < MAX_RUNNING_TASKS) return
  const message = `At most ${MAX_RUNNING_TASKS} tasks of an application run at once: wait, or cancel some.`
  throw new RefusedError('limit_reached', message)
}
