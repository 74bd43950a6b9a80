import type { TaskRow } from '@posthorn/db'
import { type Actor, actorText } from '../actor.ts'
import { isOverMany, readManyInput } from './many-progress.ts'

/** Messages that one person alone may have sent once more, over many endpoints. */
const ALONE_AT_MOST = 100_000

export interface TaskApproval {
  readonly aloneAtMost: number
  /** It stopped there, until somebody else approves. */
  readonly isWaiting: boolean
  readonly isGiven: boolean
  /** Whether who asks may give it: another user than who started the task. */
  readonly mayGive: boolean
}

/** Pure. How many more may be sent with the say of those who gave it. */
export function leftAlone(task: Pick<TaskRow, 'input' | 'done'>): number {
  return isApproved(task) ? Infinity : Math.max(0, ALONE_AT_MOST - task.done)
}

/** Pure. Null: a task that needs nobody's. */
export function approvalOf(task: TaskRow, actor: Actor): TaskApproval | null {
  if (!isOverMany(task)) return null
  const isUnderWay = task.status === 'running'
  const isGiven = isApproved(task)
  return {
    aloneAtMost: ALONE_AT_MOST,
    isWaiting: isUnderWay && leftAlone(task) === 0,
    isGiven,
    mayGive: isUnderWay && !isGiven && isSecondPerson(task, actor),
  }
}

/** Pure. Keys and tokens are nobody: whoever started a task could use one. */
function isSecondPerson(task: Pick<TaskRow, 'actor'>, actor: Actor): boolean {
  return actor.kind === 'user' && actorText(actor) !== task.actor
}

function isApproved(task: Pick<TaskRow, 'input'>): boolean {
  return readManyInput(task).approvedBy !== undefined
}
