import {
  countDueWaiting,
  insertManualDeliveries,
  isEndpointStopped,
  preferIndexes,
  type TaskRow,
  type Transaction,
} from '@posthorn/db'
import { countMessages } from './count-messages.ts'
import { pickMessages, type PickFrom } from './pick-messages.ts'
import { failedSlice, RESTING_SLICE, type Slice } from './slice.ts'
import type { SendingTaskType } from './task-input.ts'

/** Due deliveries of an endpoint beyond which a task adds none: it goes at the endpoint's pace. */
export const MAX_DUE_WAITING = 1_000

/** Has the next messages of the task sent once more, unless its endpoint has enough to do. */
export async function sendSlice(
  tx: Transaction,
  task: TaskRow & { readonly type: SendingTaskType },
  maxRows: number,
): Promise<Slice> {
  const { appId, endpointId } = task
  if (appId === null || endpointId === null) return failedSlice('no_endpoint')
  if (await isEndpointStopped(tx, endpointId)) return failedSlice('endpoint_disabled')
  await preferIndexes(tx)
  const waiting = await countDueWaiting(tx, { endpointId, countAtMost: MAX_DUE_WAITING })
  if (waiting >= MAX_DUE_WAITING) return RESTING_SLICE
  const from = { ...task, appId, endpointId }
  const total = task.cursor === null ? await countTotal(tx, from) : null
  const picked = await pickMessages(tx, from, maxRows)
  const { messageIds } = picked
  const evenDelivered = task.type === 'endpoint.bulk-replay'
  const manual = { messageIds, appId, endpointId, taskId: task.id, actor: task.actor }
  const done =
    messageIds.length === 0 ? 0 : await insertManualDeliveries(tx, { ...manual, evenDelivered })
  const skipped = messageIds.length - done
  return { cursor: picked.cursor, isLast: picked.isLast, done, skipped, total, error: null }
}

async function countTotal(tx: Transaction, from: PickFrom): Promise<number | null> {
  const { count, expired, isCapped } = await countMessages(tx, from)
  return isCapped ? null : count + expired
}
