import type { TrafficPeriod } from '@posthorn/contracts'
import { t } from '../lib/text.ts'

const PERIODS: readonly TrafficPeriod[] = ['1h', '24h', '7d', '28d']

/** As the URL has it; a day where it has none. */
export function readPeriod(asked: string): TrafficPeriod {
  return PERIODS.find((known) => known === asked) ?? '24h'
}

export interface PeriodChoiceProps {
  readonly period: TrafficPeriod
  readonly onChange: (period: string) => void
}

export function PeriodChoice({ period, onChange }: PeriodChoiceProps) {
  return (
    <select
      className="input activity-period"
      aria-label={t('activity.period')}
      value={period}
      onChange={(event) => onChange(event.target.value)}
    >
      {PERIODS.map((name) => (
        <option key={name} value={name}>
          {t(`activity.period.${name}`)}
        </option>
      ))}
    </select>
  )
}
