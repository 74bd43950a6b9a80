import {
  type BackgroundTaskList,
  type BackgroundTaskOut,
  BackgroundTaskType,
  type RecoverOut,
  type ReplayEstimateOut,
  type TaskOutcomes,
} from '@posthorn/contracts'
import {
  type Actor,
  type Page,
  type ReplayEstimate,
  taskData,
  taskProgress,
  type TaskRow,
} from '@posthorn/core'
import { approvalOf } from '@posthorn/core/support'
import { presentPage } from './page-presenter.ts'

export function presentStartedTask(task: TaskRow): RecoverOut {
  return {
    id: task.id,
    status: task.status,
    task: BackgroundTaskType.parse(task.type),
    updatedAt: task.updatedAt.toISOString(),
  }
}

export function presentTask(
  task: TaskRow,
  actor: Actor,
  outcomes: TaskOutcomes | null = null,
): BackgroundTaskOut {
  return {
    ...presentStartedTask(task),
    data: taskData(task),
    progress: taskProgress(task),
    outcomes,
    approval: approvalOf(task, actor),
    createdAt: task.createdAt.toISOString(),
    canceledAt: task.canceledAt?.toISOString() ?? null,
    pausedAt: task.pausedAt?.toISOString() ?? null,
  }
}

export function presentTasks(page: Page<TaskRow>, actor: Actor): BackgroundTaskList {
  return presentPage(page, (task) => presentTask(task, actor))
}

export function presentEstimate(estimate: ReplayEstimate): ReplayEstimateOut {
  return {
    since: estimate.since.toISOString(),
    until: estimate.until.toISOString(),
    count: estimate.count,
    isCapped: estimate.isCapped,
    expired: estimate.expired,
    retrying: estimate.retrying,
    eventTypes: [...estimate.eventTypes],
    oldest: estimate.oldest?.toISOString() ?? null,
    newest: estimate.newest?.toISOString() ?? null,
    ratePerSecond: estimate.ratePerSecond,
    estimatedSeconds: estimate.estimatedSeconds,
  }
}
