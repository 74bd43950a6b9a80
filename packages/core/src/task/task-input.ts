import type { TaskRow } from '@posthorn/db'
import { firstIdAt } from '@posthorn/runtime'

export type TaskType = 'endpoint.recover' | 'application.purge_content'

/** Which messages a task goes over, by when they were published. */
export interface TaskWindow {
  readonly since: Date
  /** Exclusive. */
  readonly until: Date
}

export interface NewTask {
  readonly type: TaskType
  readonly endpointId: string | null
  readonly input: TaskWindow
  readonly now: Date
}

/** What is left of the window, as message ids; both ends excluded. */
export function remainingMessages(task: TaskRow): {
  afterMessageId: string
  beforeMessageId: string
} {
  const { since, until } = readWindow(task.input)
  // Shorter than any id of that instant, so it sorts right before them.
  const start = firstIdAt('msg_', since.getTime()).slice(0, -1)
  const beforeMessageId = firstIdAt('msg_', until.getTime())
  return { afterMessageId: task.cursor ?? start, beforeMessageId }
}

function readWindow(input: TaskRow['input']): TaskWindow {
  const { since, until } = Object(input) as { since?: unknown; until?: unknown }
  return { since: new Date(String(since)), until: new Date(String(until)) }
}
