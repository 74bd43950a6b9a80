import {
  inTransaction,
  lockRunningTask,
  markTaskPaused,
  saveTaskProgress,
  type TaskRow,
  type Transaction,
} from '@posthorn/db'
import type { CoreContext } from '../context.ts'
import { isOverMany } from './many-progress.ts'
import { purgeSlice } from './purge-slice.ts'
import { reportTaskEnded } from './report-task-ended.ts'
import { sendManySlice } from './send-many-slice.ts'
import { sendSlice } from './send-slice.ts'
import { failedSlice, SLICE_ROWS, type Slice } from './slice.ts'
import { taskProgress } from './task-progress.ts'

/** `resting`: nothing could be done now. `ended`: there is nothing more to do, or somebody holds it. */
export type SliceResult = 'more' | 'resting' | 'ended'

/** In a row, whatever the cause: five minutes, as each is tried again when its lease ends. */
const MAX_FAILURES = 10
const REST_SECONDS = 1

/**
 * One bounded piece of a task: its effects and the place it got to commit together, so a slice that died
 * is done again from where it began, and one that committed never is. Any worker may run the next. A task
 * whose slices only fail ends as failed.
 */
export async function runTaskSlice(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  { id }: Pick<TaskRow, 'id'>,
): Promise<SliceResult> {
  return inTransaction(ctx.db, async (tx) => {
    const task = await lockRunningTask(tx, id)
    if (task === null || task.pausedAt !== null) return 'ended'
    const isHopeless = task.failures > MAX_FAILURES
    const slice = isHopeless ? failedSlice('slices_failed') : await doSlice(tx, task)
    const { isLast, isResting = false, total = null, ...progress } = slice
    const status = slice.error === null ? (isLast ? 'finished' : 'running') : 'failed'
    const restSeconds = isResting ? REST_SECONDS : 0
    const saved = await saveTaskProgress(tx, { id, ...progress, total, status, restSeconds })
    if (slice.isHeld === true) return hold(tx, saved)
    if (status === 'running') return isResting ? 'resting' : 'more'
    await reportTaskEnded(ctx, tx, saved)
    return 'ended'
  })
}

async function hold(tx: Transaction, task: TaskRow): Promise<SliceResult> {
  const { fraction } = taskProgress(task)
  await markTaskPaused(tx, { id: task.id, isPaused: true, fraction })
  return 'ended'
}

function doSlice(tx: Transaction, task: TaskRow): Promise<Slice> {
  if (isOverMany(task)) return sendManySlice(tx, task, SLICE_ROWS)
  switch (task.type) {
    case 'endpoint.recover':
    case 'endpoint.replay':
    case 'endpoint.bulk-replay':
      return sendSlice(tx, { ...task, type: task.type }, SLICE_ROWS)
    case 'application.purge_content':
      return purgeSlice(tx, task, SLICE_ROWS)
    default:
      throw new Error(`Nobody here can run a task of type ${task.type}.`)
  }
}
