import type { TaskScope } from '@posthorn/db'
import {
  listTaskDeliveries as listRows,
  type TaskDelivery,
  taskDeliveryKey,
} from '@posthorn/db/endpoint-care'
import type { CoreContext } from '../context.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'
import { getTask } from './get-task.ts'

export type { TaskDelivery }

type TaskOutcome = 'delivered' | 'failed' | 'canceled' | 'waiting'

export interface ListTaskDeliveriesInput extends Omit<PageRequest, 'order'> {
  readonly taskId: string
  /** Absent: whatever became of them. */
  readonly outcome?: TaskOutcome | undefined
}

/** What a task sent on its way, the newest message first. */
export async function listTaskDeliveries(
  ctx: Pick<CoreContext, 'db'>,
  scope: TaskScope,
  { taskId, outcome, ...asked }: ListTaskDeliveriesInput,
): Promise<Page<TaskDelivery>> {
  const { id } = await getTask(ctx, scope, taskId)
  const status = outcome === 'waiting' ? 'pending' : outcome
  const request = { ...asked, order: 'descending' } as const
  return listPage(request, {
    fetch: (window) => listRows(ctx.db.prisma, { taskId: id, status, window }),
    keyOf: taskDeliveryKey,
  })
}
