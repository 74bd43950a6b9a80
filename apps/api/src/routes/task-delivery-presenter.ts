import type { TaskDeliveryList, TaskDeliveryOut } from '@posthorn/contracts'
import type { Page, TaskDelivery } from '@posthorn/core'
import { presentNewestAttempt } from './attempt-presenter.ts'
import { timeOfId } from './message-presenter.ts'
import { presentPage } from './page-presenter.ts'

export function presentTaskDeliveries(page: Page<TaskDelivery>): TaskDeliveryList {
  return presentPage(page, presentTaskDelivery)
}

function presentTaskDelivery({ status, attempt, ...delivery }: TaskDelivery): TaskDeliveryOut {
  return {
    ...delivery,
    timestamp: timeOfId('msg_', delivery.messageId),
    outcome: status === 'pending' ? 'waiting' : status,
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
    attempt: attempt === null ? null : presentNewestAttempt(attempt),
  }
}
