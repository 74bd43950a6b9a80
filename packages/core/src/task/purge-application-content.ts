import { inTransaction, type TaskRow } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { startTask } from './start-task.ts'

/** Starts removing the content of every message published so far. */
export function purgeApplicationContent(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
): Promise<TaskRow> {
  const now = new Date(ctx.clock.nowMs())
  const input = { since: new Date(0), until: now }
  return inTransaction(ctx.db, (tx) =>
    startTask(tx, scope, { type: 'application.purge_content', endpointId: null, input, now }),
  )
}
