import type { DeliveryProgress, TaskRow } from '@posthorn/db'
import { firstIdAt, idTimeMs } from '@posthorn/runtime'

/** What sends messages to an endpoint once more. */
export type SendingTaskType = 'endpoint.recover' | 'endpoint.replay' | 'endpoint.bulk-replay'
export type TaskType = SendingTaskType | 'application.purge_content'

/** Which messages a task goes over, by when they were published. */
export interface TaskWindow {
  readonly since: Date
  /** Exclusive. */
  readonly until: Date
}

/** Which of an endpoint's deliveries a bulk replay takes; what is absent filters nothing. */
export interface ReplayFilter {
  readonly eventTypes?: readonly string[] | undefined
  readonly channel?: string | undefined
  readonly tag?: string | undefined
  readonly progress?: readonly DeliveryProgress[] | undefined
  /** Of the last attempt: 200, 300, …; 0: no answer. */
  readonly statusClass?: number | undefined
}

export interface NewTask {
  readonly type: TaskType
  readonly endpointId: string | null
  readonly input: TaskWindow & ReplayFilter
  readonly now: Date
}

export type StoredInput = Record<string, string | number | boolean | null | string[]>

/** As its row keeps it, and as its audit record tells it. */
export function storeInput({ since, until, ...filter }: NewTask['input']): StoredInput {
  const given = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? [...value] : value] as const],
  )
  return {
    since: since.toISOString(),
    until: until.toISOString(),
    ...(Object.fromEntries(given) as StoredInput),
  }
}

/** What `storeInput` wrote: nobody else writes it. */
export function readInput(input: TaskRow['input']): NewTask['input'] {
  const { since, until, ...filter } = Object(input) as ReplayFilter & Record<string, unknown>
  return { ...filter, since: new Date(String(since)), until: new Date(String(until)) }
}

/** What is left of the window, as message ids; both ends excluded. */
export function remainingMessages(task: Pick<TaskRow, 'input' | 'cursor'>): {
  afterMessageId: string
  beforeMessageId: string
} {
  const { since, until } = readInput(task.input)
  // Shorter than any id of that instant, so it sorts right before them.
  const start = firstIdAt('msg_', since.getTime()).slice(0, -1)
  const beforeMessageId = firstIdAt('msg_', until.getTime())
  return { afterMessageId: task.cursor ?? start, beforeMessageId }
}

/** How far the last message dealt with is through the window, 0 to 1. */
export function fractionOfWindow(input: TaskRow['input'], cursor: string | null): number {
  const atMs = cursor === null ? null : idTimeMs('msg_', cursor)
  if (atMs === null) return 0
  const { since, until } = readInput(input)
  const spanMs = until.getTime() - since.getTime()
  return spanMs <= 0 ? 1 : Math.min(1, Math.max(0, (atMs - since.getTime()) / spanMs))
}
