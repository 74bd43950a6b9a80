export {
  type AlertRuleChange,
  type AlertRuleRow,
  countAlertRules,
  deleteAlertRule,
  findAlertRule,
  insertAlertRule,
  listAlertRules,
  listEveryAlertRule,
  lockAlertRule,
  type NewAlertRule,
  noteAlertLook,
  updateAlertRule,
} from './alert-rule.ts'
export {
  type AlertNotificationRow,
  claimAlertNotifications,
  type ClaimedNotification,
  countTestNotifications,
  deleteOldNotifications,
  insertAlertNotification,
  listAlertNotifications,
  settleAlertNotification,
} from './alert-notification.ts'
export type { OutboxEnd } from './outbox.ts'
export {
  type AlertCondition,
  type AlertedEndpoint,
  type AlertMeasure,
  measureAlert,
} from './alert-measure.ts'
