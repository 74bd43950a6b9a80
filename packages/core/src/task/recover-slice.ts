import {
  type EndpointDelivery,
  insertManualDeliveries,
  isEndpointStopped,
  listEndpointDeliveries,
  preferIndexes,
  type TaskRow,
  type Transaction,
} from '@posthorn/db'
import { failedSlice, type Slice } from './slice.ts'
import { remainingMessages } from './task-input.ts'

/** Sends what failed, or was canceled by disabling, once more. */
export async function recoverSlice(
  tx: Transaction,
  task: TaskRow,
  maxRows: number,
): Promise<Slice> {
  const { appId, endpointId } = task
  if (appId === null || endpointId === null) return failedSlice('no_endpoint')
  if (await isEndpointStopped(tx, endpointId)) return failedSlice('endpoint_disabled')
  await preferIndexes(tx)
  const range = { endpointId, ...remainingMessages(task), limit: maxRows }
  const rows = await listEndpointDeliveries(tx, range)
  const isLast = rows.length < maxRows
  const whole = isLast ? rows : withoutLastMessage(rows)
  const messageIds = lostMessageIds(whole)
  const manual = { messageIds, appId, endpointId, taskId: task.id, actor: task.actor }
  const done = messageIds.length === 0 ? 0 : await insertManualDeliveries(tx, manual)
  const cursor = whole.at(-1)?.messageId ?? null
  return { cursor, done, skipped: messageIds.length - done, isLast, error: null }
}

// A full page may end between the two rows of one message.
function withoutLastMessage(rows: readonly EndpointDelivery[]): EndpointDelivery[] {
  const last = rows.at(-1)?.messageId
  return rows.filter((row) => row.messageId !== last)
}

/** Messages that failed for good: nothing of them is under way, and no attempt by hand delivered them. */
export function lostMessageIds(rows: readonly EndpointDelivery[]): string[] {
  const verdicts = new Map<string, boolean>()
  for (const row of rows) {
    verdicts.set(row.messageId, isLost(row) && (verdicts.get(row.messageId) ?? true))
  }
  return [...verdicts].filter(([, isLostForGood]) => isLostForGood).map(([messageId]) => messageId)
}

function isLost({ status, cause }: EndpointDelivery): boolean {
  return status === 'failed' || (status === 'canceled' && cause === 'endpoint_disabled')
}
