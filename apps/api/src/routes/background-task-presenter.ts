import {
  type BackgroundTaskList,
  type BackgroundTaskOut,
  BackgroundTaskType,
  type RecoverOut,
} from '@posthorn/contracts'
import { type Page, taskData, type TaskRow } from '@posthorn/core'
import { presentPage } from './page-presenter.ts'

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
  return presentPage(page, presentTask)
}
