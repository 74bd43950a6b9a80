import {
  listMessageIds,
  preferIndexes,
  purgeContent,
  type TaskRow,
  type Transaction,
} from '@posthorn/db'
import { failedSlice, type Slice } from './slice.ts'
import { remainingMessages } from './task-input.ts'

/** Removes what messages carried and what receivers answered; the messages and attempts stay. */
export async function purgeSlice(tx: Transaction, task: TaskRow, maxRows: number): Promise<Slice> {
  const { appId } = task
  if (appId === null) return failedSlice('no_application')
  await preferIndexes(tx)
  const messageIds = await listMessageIds(tx, { appId, ...remainingMessages(task), limit: maxRows })
  const done = messageIds.length === 0 ? 0 : await purgeContent(tx, { appId, messageIds })
  return {
    cursor: messageIds.at(-1) ?? null,
    done,
    skipped: messageIds.length - done,
    isLast: messageIds.length < maxRows,
    error: null,
  }
}
