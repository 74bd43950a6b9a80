import {
  type BackgroundTaskList,
  type BackgroundTaskOut,
  BackgroundTaskType,
  type RecoverOut,
} from '@posthorn/contracts'
import { type Page, taskData, type TaskRow } from '@posthorn/core'

export function presentStartedTask(task: TaskRow): RecoverOut {
  return {
    id: task.id,
    status: task.status,
    task: BackgroundTaskType.parse(task.type),
    updatedAt: task.updatedAt.toISOString(),
  }
}

export function presentTask(task: TaskRow): BackgroundTaskOut {
  return {
    ...presentStartedTask(task),
    data: taskData(task),
    progress: { done: task.done, total: null },
    canceledAt: task.canceledAt === null ? null : task.canceledAt.toISOString(),
  }
}

export function presentTasks(page: Page<TaskRow>): BackgroundTaskList {
  const { items, iterator, prevIterator, done } = page
  const back = prevIterator === null ? {} : { prevIterator }
  return { data: items.map(presentTask), iterator, ...back, done }
}
