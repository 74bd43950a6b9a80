import type {
  AlertCondition,
  AlertedEndpoint,
  AlertMeasure,
  AlertRuleRow,
} from '@posthorn/db/alert'
import type { AlertNews } from './decide-alert.ts'

export type NotificationKind = AlertNews | 'test'

/** What a notification tells: fixed when it is written, however late it is sent. */
export type AlertContent = {
  readonly orgId: string
  readonly alertId: string
  readonly name: string
  readonly condition: AlertCondition
  readonly threshold: number
  readonly windowSeconds: number
  /** Null: nothing was measured. */
  readonly observed: number | null
  readonly firingSince: string | null
  readonly timestamp: string
  /** A few of those that it is about. */
  readonly endpoints: readonly {
    readonly [field in keyof AlertedEndpoint]: AlertedEndpoint[field]
  }[]
}

interface Moment {
  readonly measure: AlertMeasure
  readonly firingSince: Date | null
  readonly now: Date
}

export function alertContent(
  { id, orgId, name, condition, threshold, windowSeconds }: AlertRuleRow,
  { measure, firingSince, now }: Moment,
): AlertContent {
  const set = { orgId, alertId: id, name, condition, threshold, windowSeconds }
  return {
    ...set,
    observed: measure.value,
    firingSince: firingSince?.toISOString() ?? null,
    timestamp: now.toISOString(),
    endpoints: measure.endpoints.map((endpoint) => ({ ...endpoint })),
  }
}

// Sound because nothing but `alertContent` makes what the column holds.
export function readAlertContent(stored: unknown): AlertContent {
  return stored as AlertContent
}
