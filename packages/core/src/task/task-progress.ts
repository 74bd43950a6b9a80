import { countTaskOutcomes, type TaskOutcomes, type TaskRow, type TaskScope } from '@posthorn/db'
import type { CoreContext } from '../context.ts'
import { getTask } from './get-task.ts'
import { fractionOfMany, isOverMany } from './many-progress.ts'
import { fractionOfWindow } from './task-input.ts'

export interface TaskProgress {
  readonly done: number
  readonly skipped: number
  readonly total: number | null
  /** How far it got through the time it covers, 0 to 1. */
  readonly fraction: number
  /** Since it began or was let go on, up to its last slice; null: not under way, or nothing done yet. */
  readonly pace: TaskPace | null
}

export interface TaskPace {
  /** Messages. */
  readonly perSecond: number
  /** Until all are on their way; null: can't be told yet. */
  readonly secondsLeft: number | null
}

/** Pure. */
export function taskProgress(task: TaskRow): TaskProgress {
  const { done, skipped } = task
  if (task.status === 'finished')
    return { done, skipped, total: done + skipped, fraction: 1, pace: null }
  const fraction = fractionOf(task)
  return { done, skipped, total: task.total, fraction, pace: paceOf(task, fraction) }
}

function fractionOf(task: TaskRow): number {
  if (isOverMany(task)) return fractionOfMany(task)
  return fractionOfWindow(task.input, task.cursor)
}

/** Below this, a pace says more about the clock than about the task. */
const LEAST_SECONDS = 1

function paceOf(task: TaskRow, fraction: number): TaskPace | null {
  if (task.status !== 'running' || task.pausedAt !== null) return null
  const from = task.resumedAt ?? task.createdAt
  const seconds = (task.updatedAt.getTime() - from.getTime()) / 1_000
  const dealt = task.done + task.skipped
  const perSecond = (dealt - task.resumedDone) / seconds
  if (seconds < LEAST_SECONDS || perSecond <= 0) return null
  const advanced = fraction - task.resumedFraction
  if (task.total !== null) {
    const left = Math.max(0, task.total - dealt)
    return { perSecond, secondsLeft: Math.ceil(left / perSecond) }
  }
  const secondsLeft = advanced <= 0 ? null : Math.ceil((seconds * (1 - fraction)) / advanced)
  return { perSecond, secondsLeft }
}

const COUNT_AT_MOST = 10_000

/** One task, with what became of the deliveries it sent on their way. */
export async function getTaskWithOutcomes(
  ctx: Pick<CoreContext, 'db'>,
  scope: TaskScope,
  id: string,
): Promise<{ task: TaskRow; outcomes: TaskOutcomes | null }> {
  const task = await getTask(ctx, scope, id)
  if (task.endpointId === null && !isOverMany(task)) return { task, outcomes: null }
  const asked = { taskId: id, countAtMost: COUNT_AT_MOST }
  return { task, outcomes: await countTaskOutcomes(ctx.db.prisma, asked) }
}
