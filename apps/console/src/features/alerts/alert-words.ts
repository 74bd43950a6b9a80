import type { AlertOut } from '@posthorn/contracts'
import { currentLocale, formatNumber } from '@posthorn/ui'
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

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

export function formatSpan(seconds: number): string {
  const [unit, size] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1]
  const style = { style: 'unit', unit, unitDisplay: 'long' } as const
  return new Intl.NumberFormat(currentLocale(), style).format(seconds / size)
}

export function describeTarget(target: AlertOut['target']): string {
  return target.kind === 'email' ? target.addresses.join(', ') : target.url
}
