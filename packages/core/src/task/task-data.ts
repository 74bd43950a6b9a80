import type { TaskRow } from '@posthorn/db'
import { readManyInput } from './many-progress.ts'

export type { TaskRow }

/** What a task tells about itself: what it was asked for and how far it got. */
export function taskData(task: TaskRow): Readonly<Record<string, unknown>> {
  const { targets, found: _found, before: _before, appIds: _appIds, ...input } = readManyInput(task)
  return {
    ...input,
    ...(targets === undefined ? {} : { endpoints: targets.length }),
    appId: task.appId,
    endpointId: task.endpointId,
    done: task.done,
    skipped: task.skipped,
    error: task.error,
    canceledAt: task.canceledAt,
  }
}
