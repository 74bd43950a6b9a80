import {
  countDueWaiting,
  type EndpointTarget,
  insertManualDeliveries,
  isEndpointStopped,
  preferIndexes,
  type TaskRow,
  type Transaction,
} from '@posthorn/db'
import { pickMessages } from './pick-messages.ts'
import { MAX_DUE_WAITING } from './send-slice.ts'
import type { Slice } from './slice.ts'

/** An endpoint that isn't finished: its place among the task's targets, and the last message dealt with. */
type Unfinished = readonly [index: number, cursor: string | null]

/** Endpoints that one slice looks at: each is locked against being disabled until the slice commits. */
const LOOKS = 20

export function targetText({ appId, id }: Pick<EndpointTarget, 'appId' | 'id'>): string {
  return `${appId}/${id}`
}

/** As `recoverMany` wrote it. */
export function readTargets(input: TaskRow['input']): readonly string[] {
  const { targets } = Object(input) as { readonly targets?: readonly string[] }
  return targets ?? []
}

export function isOverMany(task: Pick<TaskRow, 'endpointId' | 'input'>): boolean {
  return task.endpointId === null && readTargets(task.input).length > 0
}

/** Pure. The endpoints of which something may be left, in the order they are looked at. */
export function readUnfinished(task: Pick<TaskRow, 'input' | 'cursor'>): Unfinished[] {
  if (task.cursor !== null) return JSON.parse(task.cursor) as Unfinished[]
  return readTargets(task.input).map((_, index) => [index, null])
}

/**
 * The next of several endpoints get what failed once more: each in its turn, one that has enough to do
 * later, and all together no faster than the task may.
 */
export async function sendManySlice(
  tx: Transaction,
  task: TaskRow,
  maxRows: number,
): Promise<Slice> {
  const targets = readTargets(task.input)
  const queue = readUnfinished(task)
  const { perSecond } = Object(task.input) as { readonly perSecond?: number | null }
  const sum = { done: 0, skipped: 0 }
  let room = perSecond ?? maxRows
  await preferIndexes(tx)
  for (let looks = Math.min(LOOKS, queue.length); looks > 0 && room > 0; looks--) {
    const next = queue.shift()
    if (next === undefined) break
    const sent = await sendToOne(tx, { task, target: targets[next[0]] ?? '', next, room, maxRows })
    if (sent.left !== null) queue.push(sent.left)
    sum.done += sent.done
    sum.skipped += sent.skipped
    room -= sent.done + sent.skipped
  }
  const isIdle = sum.done + sum.skipped === 0
  return {
    cursor: JSON.stringify(queue),
    ...sum,
    isLast: queue.length === 0,
    isResting: queue.length > 0 && (isIdle ? queue.length <= LOOKS : (perSecond ?? null) !== null),
    error: null,
  }
}

interface One {
  readonly task: TaskRow
  readonly target: string
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
  const [appId = '', endpointId = ''] = one.target.split('/')
  const [index, cursor] = next
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
    left: isFinished ? null : [index, reached ?? cursor],
  }
}
