import type { TaskRow } from '@posthorn/db'

export type { TaskRow }

/** What a task tells about itself: what it was asked for and how far it got. */
export function taskData(task: TaskRow): Readonly<Record<string, unknown>> {
  return {
    ...Object(task.input),
    appId: task.appId,
    endpointId: task.endpointId,
    done: task.done,
    skipped: task.skipped,
    error: task.error,
    canceledAt: task.canceledAt,
  }
}
