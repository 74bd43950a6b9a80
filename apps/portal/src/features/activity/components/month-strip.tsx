import type { TrafficOut } from '@posthorn/contracts'
import { formatNumber, HeatStrip } from '@posthorn/ui'
import { formatDay, formatShare } from '../../../lib/format.ts'
import { t } from '../../../lib/text.ts'

const DAY_MS = 86_400_000
// As an endpoint's health is judged.
const HEALTHY = 0.95
const GOOD = 0.99

/** How each of the last four weeks' days went, by UTC. */
export function MonthStrip({ traffic }: { readonly traffic: TrafficOut }) {
  const days = daysOf(traffic)
  const worst = days
    .filter((day) => day.share !== null)
    .toSorted((one, other) => (one.share ?? 1) - (other.share ?? 1))[0]
  return (
    <HeatStrip
      title={t('activity.month')}
      summary={
        worst === undefined
          ? t('activity.empty.title')
          : t('activity.month.summary', { day: worst.label, rate: formatShare(worst.share ?? 0) })
      }
      levels={[
        { name: t('activity.month.good', { rate: formatShare(GOOD) }), tone: 'good', from: GOOD },
        {
          name: t('activity.month.good', { rate: formatShare(HEALTHY) }),
          tone: 'warn',
          from: HEALTHY,
        },
        { name: t('activity.month.bad', { rate: formatShare(HEALTHY) }), tone: 'bad', from: 0 },
      ]}
      points={days}
      columns={[t('activity.succeeded'), t('activity.failed'), t('activity.exhausted')]}
      format={formatNumber}
      formatShare={formatShare}
      tableLabel={t('activity.table')}
      axisLabel={t('activity.day')}
    />
  )
}

interface Day {
  readonly label: string
  readonly share: number | null
  readonly values: readonly [succeeded: number, failed: number, exhausted: number]
}

function daysOf({ since, until, series }: TrafficOut): Day[] {
  const byDay = Map.groupBy(series, ({ startsAt }) => startOfDay(Date.parse(startsAt)))
  const days: Day[] = []
  for (let at = startOfDay(Date.parse(since)); at < Date.parse(until); at += DAY_MS) {
    const steps = byDay.get(at) ?? []
    const sum = (count: (step: (typeof series)[number]) => number) =>
      steps.reduce((total, step) => total + count(step), 0)
    const [succeeded, failed] = [sum((step) => step.succeeded), sum((step) => step.failed)]
    const attempts = succeeded + failed
    days.push({
      label: formatDay(at),
      share: attempts === 0 ? null : succeeded / attempts,
      values: [succeeded, failed, sum((step) => step.exhausted)],
    })
  }
  return days
}

function startOfDay(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS
}
