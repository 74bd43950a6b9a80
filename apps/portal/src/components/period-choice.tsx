import type { TrafficPeriod } from '@posthorn/contracts'
import { formatTime, instantOf, localMinute } from '@posthorn/ui'
import { useId, useState } from 'react'
import { t } from '../lib/text.ts'

const PERIODS: readonly TrafficPeriod[] = ['1h', '24h', '7d', '28d']
const OWN = 'own'
const DAY_MS = 86_400_000
const LONGEST_MS = 28 * DAY_MS
const KEPT_MS = 31 * DAY_MS

/** Up to now, or from one moment until another. */
export type Period = TrafficPeriod | OwnPeriod

interface OwnPeriod {
  readonly since: string
  readonly until: string
}

/** As the URL has it, one's own with a slash between its ends; a day where it has none. */
export function readPeriod(asked: string): Period {
  const [since = '', until = ''] = asked.split('/')
  return isOwnPeriod({ since, until })
    ? { since, until }
    : (PERIODS.find((known) => known === asked) ?? '24h')
}

export function periodText(period: Period): string {
  return typeof period === 'string' ? period : `${period.since}/${period.until}`
}

/** As the api takes it. */
export function periodQuery(period: Period): { period: TrafficPeriod } | OwnPeriod {
  return typeof period === 'string' ? { period } : period
}

export function periodName(period: Period): string {
  if (typeof period === 'string') return t(`activity.period.${period}`)
  return `${formatTime(period.since)} – ${formatTime(period.until)}`
}

function isOwnPeriod({ since, until }: OwnPeriod): boolean {
  const [from, to] = [Date.parse(since), Date.parse(until)]
  return from < to && to - from <= LONGEST_MS && from >= Date.now() - KEPT_MS
}

export interface PeriodChoiceProps {
  readonly period: Period
  readonly onChange: (period: string) => void
}

export function PeriodChoice({ period, onChange }: PeriodChoiceProps) {
  const own = typeof period === 'string' ? null : period
  return (
    <>
      <select
        className="input activity-period"
        aria-label={t('activity.period')}
        value={own === null ? periodText(period) : OWN}
        onChange={({ target }) => onChange(target.value === OWN ? lastDay() : target.value)}
      >
        {PERIODS.map((name) => (
          <option key={name} value={name}>
            {t(`activity.period.${name}`)}
          </option>
        ))}
        <option value={OWN}>{t('list.hours.between')}</option>
      </select>
      {own !== null && <OwnFields own={own} onChange={onChange} />}
    </>
  )
}

function lastDay(): string {
  const now = Date.now()
  return periodText({ since: instantOf(now - DAY_MS), until: instantOf(now) })
}

interface OwnFieldsProps {
  readonly own: OwnPeriod
  readonly onChange: (period: string) => void
}

const ENDS = [
  ['since', 'list.filter.from'],
  ['until', 'list.filter.until'],
] as const

/** What is typed is taken once both ends make a period; until then the one of before is shown. */
function OwnFields({ own, onChange }: OwnFieldsProps) {
  const faultId = useId()
  const [typed, setTyped] = useState({
    since: localMinute(own.since),
    until: localMinute(own.until),
  })
  const isFault = !isOwnPeriod(momentsOf(typed))
  const take = (next: OwnPeriod) => {
    setTyped(next)
    const period = momentsOf(next)
    if (isOwnPeriod(period)) onChange(periodText(period))
  }
  return (
    <>
      {ENDS.map(([end, label]) => (
        <input
          key={end}
          className="input activity-period"
          type="datetime-local"
          aria-label={t(label)}
          aria-invalid={isFault}
          aria-describedby={isFault ? faultId : undefined}
          value={typed[end]}
          onChange={({ target }) => take({ ...typed, [end]: target.value })}
        />
      ))}
      {isFault && (
        <span className="small field-error" id={faultId} role="status">
          {t('activity.period.fault')}
        </span>
      )}
    </>
  )
}

/** Of what the two fields hold. */
function momentsOf({ since, until }: OwnPeriod): OwnPeriod {
  return { since: instantOf(since), until: instantOf(until) }
}
