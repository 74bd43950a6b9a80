import type { AlertNotificationOut, AlertOut } from '@posthorn/contracts'
import { type AlertRuleView, readAlertContent } from '@posthorn/core/alert'
import type { AlertNotificationRow } from '@posthorn/db/alert'
import { idTimeMs } from '@posthorn/runtime'

export function presentAlert({ rule, target }: AlertRuleView): AlertOut {
  return {
    id: rule.id,
    name: rule.name,
    condition: rule.condition,
    threshold: rule.threshold,
    windowSeconds: rule.windowSeconds,
    reminderSeconds: rule.reminderSeconds,
    target: presentTarget(target),
    state: rule.firingSince === null ? 'ok' : 'firing',
    firingSince: rule.firingSince?.toISOString() ?? null,
    mutedUntil: rule.mutedUntil?.toISOString() ?? null,
    observed: rule.observed,
    observedAt: rule.observedAt?.toISOString() ?? null,
    notifiedAt: rule.notifiedAt?.toISOString() ?? null,
    createdAt: rule.createdAt.toISOString(),
    updatedAt: rule.updatedAt.toISOString(),
  }
}

function presentTarget(target: AlertRuleView['target']): AlertOut['target'] {
  return target.kind === 'email'
    ? { kind: 'email', addresses: [...target.addresses] }
    : { kind: target.kind, url: target.url }
}

export function presentAlertNotification(row: AlertNotificationRow): AlertNotificationOut {
  return {
    id: row.id,
    kind: kindOf(row.kind),
    status: statusOf(row.status),
    observed: readAlertContent(row.content).observed,
    attempts: row.attempts,
    error: row.error,
    createdAt: new Date(idTimeMs('ntf_', row.id) ?? 0).toISOString(),
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    settledAt: row.settledAt?.toISOString() ?? null,
  }
}

// The database checks that the columns hold nothing else.
const kindOf = (text: string) => text as AlertNotificationOut['kind']
const statusOf = (text: string) => text as AlertNotificationOut['status']
