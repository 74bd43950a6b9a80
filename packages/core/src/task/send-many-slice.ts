import {
  countDueWaiting,
  findTargetsAt,
  insertManualDeliveries,
  isEndpointStopped,
  preferIndexes,
  type TaskRow,
  type Transaction,
} from '@posthorn/db'
import {
  type ManyProgress,
  readManyInput,
  readManyProgress,
  targetText,
  type Unfinished,
} from './many-progress.ts'
import { pickMessages } from './pick-messages.ts'
import { MAX_DUE_WAITING } from './send-slice.ts'
import type { Slice } from './slice.ts'
import { leftAlone } from './task-approval.ts'

/** Endpoints that one slice looks at: each is locked against being disabled until the slice commits. */
const LOOKS = 20
/** Endpoints that a task is at in turn; the next ones come in as these finish. */
const AT_ONCE = 200

/**
 * The next of several endpoints get what failed once more: each in its turn, one that has enough to do
 * later, and all together no faster than the task may.
 */
export async function sendManySlice(
  tx: Transaction,
  task: TaskRow,
  maxRows: number,
): Promise<Slice> {
  const { perSecond = null } = readManyInput(task)
  const { finished: before, ...taken } = await takeIn(tx, task)
  const queue = [...taken.unfinished]
  const sum = { done: 0, skipped: 0, finished: before }
  const alone = leftAlone(task)
  let room = Math.min(perSecond ?? maxRows, alone)
  await preferIndexes(tx)
  for (let looks = Math.min(LOOKS, queue.length); looks > 0 && room > 0; looks--) {
    const next = queue.shift()
    if (next === undefined) break
    const sent = await sendToOne(tx, { task, next, room, maxRows })
    if (sent.left === null) sum.finished++
    else queue.push(sent.left)
    sum.done += sent.done
    sum.skipped += sent.skipped
    room -= sent.done + sent.skipped
  }
  const { finished, ...counts } = sum
  const isLast = queue.length === 0 && taken.isAll
  const isIdle = sum.done + sum.skipped === 0
  const isHeld = !isLast && sum.done >= alone
  const progress: ManyProgress = { ...taken, unfinished: queue, finished }
  return {
    cursor: JSON.stringify(progress),
    ...counts,
    isLast,
    isHeld,
    isResting: !isLast && (isIdle ? taken.isAll && queue.length <= LOOKS : perSecond !== null),
    error: null,
  }
}

/** The next endpoints of the task's host or application, as long as it isn't at as many as it may. */
async function takeIn(tx: Transaction, task: TaskRow): Promise<ManyProgress> {
  const progress = readManyProgress(task)
  const take = AT_ONCE - progress.unfinished.length
  if (progress.isAll || take <= 0) return progress
  const { selection = '', before = '', appIds } = readManyInput(task)
  const [kind, ...rest] = selection.split(':')
  const named = rest.join(':')
  const of = kind === 'host' ? { host: named } : { appId: named }
  const found = await findTargetsAt(
    tx,
    { orgId: task.orgId, appIds },
    { of, after: progress.after, before, take },
  )
  const enabled = found.filter((target) => !target.disabled)
  return {
    unfinished: [
      ...progress.unfinished,
      ...enabled.map((target) => [targetText(target), null] as const),
    ],
    finished: progress.finished + found.length - enabled.length,
    after: found.at(-1)?.id ?? progress.after,
    isAll: found.length < take,
  }
}

interface One {
  readonly task: TaskRow
  readonly next: Unfinished
  readonly room: number
  readonly maxRows: number
}

interface Sent {
  readonly done: number
  readonly skipped: number
  readonly left: Unfinished | null
}

async function sendToOne(tx: Transaction, one: One): Promise<Sent> {
  const { task, next, room, maxRows } = one
  const [target, cursor] = next
  const [appId = '', endpointId = ''] = target.split('/')
  if (await isEndpointStopped(tx, endpointId)) return { done: 0, skipped: 0, left: null }
  const waiting = await countDueWaiting(tx, { endpointId, countAtMost: MAX_DUE_WAITING })
  if (waiting >= MAX_DUE_WAITING) return { done: 0, skipped: 0, left: next }
  const from = { ...task, type: 'endpoint.recover', appId, endpointId, cursor } as const
  const picked = await pickMessages(tx, from, maxRows)
  const messageIds = picked.messageIds.slice(0, room)
  const manual = { messageIds, appId, endpointId, taskId: task.id, actor: task.actor }
  const done =
    messageIds.length === 0
      ? 0
      : await insertManualDeliveries(tx, { ...manual, evenDelivered: false })
  const isCut = messageIds.length < picked.messageIds.length
  const reached = isCut ? (messageIds.at(-1) ?? cursor) : picked.cursor
  const isFinished = !isCut && picked.isLast
  return {
    done,
    skipped: messageIds.length - done,
    left: isFinished ? null : [target, reached ?? cursor],
  }
}
