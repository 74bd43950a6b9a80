import type { AlertOut } from '@posthorn/contracts'
import { formatNumber, formatSpan } from '@posthorn/ui'
import { t } from '../../lib/text.ts'

type Condition = AlertOut['condition']

/** When a rule fires, as a sentence. */
export function describeRule({
  condition,
  threshold,
  windowSeconds,
}: Pick<AlertOut, 'condition' | 'threshold' | 'windowSeconds'>): string {
  const n = formatNumber(threshold)
  return t(`alerts.rule.${condition}`, { n, span: formatSpan(windowSeconds) })
}

/** What was seen at the last look. */
export function describeSeen(condition: Condition, observed: number | null): string {
  if (observed === null) return t('alerts.seen.none')
  return t(`alerts.seen.${condition}`, { n: formatNumber(Math.round(observed * 10) / 10) })
}

export function describeTarget(target: AlertOut['target']): string {
  return target.kind === 'email' ? target.addresses.join(', ') : target.url
}
