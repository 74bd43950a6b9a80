import type { TaskRow, Transaction } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'
import { reportOperational } from '../operational-webhook/report-operational.ts'
import { transactionExecutor } from '../operational-webhook/transaction-executor.ts'
import { taskData } from './task-data.ts'

/** `background_task.finished`, in the transaction that ends the task. */
export async function reportTaskEnded(
  ctx: Pick<CoreContext, 'clock'>,
  tx: Transaction,
  task: TaskRow,
): Promise<void> {
  if (task.status === 'running') return
  await reportOperational(transactionExecutor(tx), {
    orgId: task.orgId,
    messageId: newId('msg_', ctx.clock.nowMs()),
    type: 'background_task.finished',
    data: {
      taskId: task.id,
      task: task.type,
      status: task.status,
      appId: task.appId,
      endpointId: task.endpointId,
      data: taskData(task),
    },
  })
}
