import { insertTask, type TaskRow, type Transaction } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import { actorText, type AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { NewTask } from './task-input.ts'

/** A row in the transaction of the request: whatever dies afterwards, the task is done. */
export async function startTask(tx: Transaction, scope: AppScope, task: NewTask): Promise<TaskRow> {
  const { type, endpointId, input, now } = task
  const row = await insertTask(tx, {
    id: newId('qtask_', now.getTime()),
    orgId: scope.orgId,
    appId: scope.appId,
    endpointId,
    type,
    input: { since: input.since.toISOString(), until: input.until.toISOString() },
    actor: actorText(scope.actor),
    createdAt: now,
  })
  const window = { since: input.since, until: input.until }
  const changes = Object.fromEntries(
    Object.entries(window).map(([field, moment]) => [
      field,
      { from: null, to: moment.toISOString() },
    ]),
  )
  await recordAudit(tx, scope, { action: type, target: endpointId ?? scope.appId, changes })
  return row
}
