import { countTaskOutcomes, type TaskOutcomes, type TaskRow, type TaskScope } from '@posthorn/db'
import { idTimeMs } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'
import { getTask } from './get-task.ts'
import { isOverMany, readTargets, readUnfinished } from './send-many-slice.ts'
import { readInput } from './task-input.ts'

export interface TaskProgress {
  readonly done: number
  readonly skipped: number
  readonly total: number | null
  /** How far it got through the time it covers, 0 to 1. */
  readonly fraction: number
}

/** Pure. */
export function taskProgress(task: TaskRow): TaskProgress {
  const { done, skipped } = task
  if (task.status === 'finished') return { done, skipped, total: done + skipped, fraction: 1 }
  return { done, skipped, total: task.total, fraction: fractionOf(task) }
}

function fractionOf(task: TaskRow): number {
  if (isOverMany(task)) return 1 - readUnfinished(task).length / readTargets(task.input).length
  const atMs = task.cursor === null ? null : idTimeMs('msg_', task.cursor)
  if (atMs === null) return 0
  const { since, until } = readInput(task.input)
  const spanMs = until.getTime() - since.getTime()
  return spanMs <= 0 ? 1 : Math.min(1, Math.max(0, (atMs - since.getTime()) / spanMs))
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
