export { ALERT_CONDITIONS } from './alert-condition.ts'
export { type AlertContent, type NotificationKind, readAlertContent } from './alert-content.ts'
export {
  type AlertContext,
  type AlertRuleInput,
  type AlertTargetInput,
} from './alert-rule-input.ts'
export { deleteAlertRule, muteAlertRule, updateAlertRule } from './change-alert-rule.ts'
export { createAlertRule } from './create-alert-rule.ts'
export { type AlertRuleView, getAlertRule, listAlertRules } from './get-alert-rule.ts'
export { revealAlertSecret } from './reveal-alert-secret.ts'
export { type AlertTarget, openTarget } from './alert-target.ts'
export { evaluateAlerts } from './evaluate-alerts.ts'
export { decideNextNotification } from './notification-schedule.ts'
export { readSmtpSettings, type SmtpSettings } from './smtp-settings.ts'
export { listAlertNotifications, testAlertRule } from './test-alert.ts'
