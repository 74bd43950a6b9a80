import type { EndpointStats as Stats, TrafficOut } from '@posthorn/contracts'
import { formatMs, formatNumber, FullTime, Skeleton } from '@posthorn/ui'
import { lazy, Suspense, useState } from 'react'
import { CausesOfDay } from '../../../components/causes-of-day.tsx'
import { useListFilters } from '../../../components/list-filters.tsx'
import { OwnSpan } from '../../../components/own-span.tsx'
import {
  type Period,
  PeriodChoice,
  periodText,
  readPeriod,
} from '../../../components/period-choice.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { formatShare } from '../../../lib/format.ts'
import { Link, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useEndpointStats } from '../api/use-endpoint-stats.ts'

// The charts come once there is something to draw.
const TrafficCharts = lazy(async () => {
  const { TrafficCharts } = await import('../../../components/traffic-charts.tsx')
  return { default: TrafficCharts }
})

/** What an endpoint's attempts came to in a period, and how what was published in it stands. */
export function EndpointStats({ id }: { readonly id: string }) {
  const [asked, setPeriod] = useSearchValue('period')
  const period = readPeriod(asked)
  const query = useEndpointStats(id, period)
  return (
    <section className="stack stack-small" aria-label={t('stats.title')}>
      <div className="row row-between">
        <h2>{t('stats.title')}</h2>
        <div className="row">
          {query.data !== undefined && <AsOf {...{ id, period }} traffic={query.data.traffic} />}
          <PeriodChoice period={period} onChange={setPeriod} />
        </div>
      </div>
      <QueryView query={query} rows={2}>
        {({ stats, traffic }) => (
          <>
            <Figures stats={stats} total={traffic.total} />
            {traffic.series.length > 0 && <Closer id={id} traffic={traffic} />}
          </>
        )}
      </QueryView>
    </section>
  )
}

interface FiguresProps {
  readonly stats: Stats
  readonly total: TrafficOut['total']
}

function Figures({ stats, total }: FiguresProps) {
  const { succeeded, failed, successRate, latencyMs } = total
  const figures = [
    [t('stats.success'), formatNumber(succeeded)],
    [t('stats.fail'), formatNumber(failed)],
    [t('activity.rate'), successRate === null ? '–' : formatShare(successRate)],
    [t('activity.exhausted'), formatNumber(total.exhausted)],
    [t('stats.attemptsEach'), attemptsEach(total)],
    ...(['sending', 'pending', 'canceled'] as const).map(
      (name) => [t(`stats.${name}`), formatNumber(stats[name])] as const,
    ),
    [t('activity.p95'), latencyMs === null ? '–' : formatMs(latencyMs.p95)],
  ] as const
  return (
    <dl className="figures figures-even">
      {figures.map(([name, value]) => (
        <div className="card" key={name}>
          <dt className="small soft">{name}</dt>
          <dd className="figure">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Of what ended, delivered or given up. */
function attemptsEach({ succeeded, failed, exhausted }: TrafficOut['total']): string {
  const ended = succeeded + exhausted
  return ended === 0 ? '–' : formatNumber(Math.round(((succeeded + failed) / ended) * 10) / 10)
}

interface CloserProps {
  readonly id: string
  readonly traffic: TrafficOut
}

/** Folded away at first: below is what is sent just now. */
function Closer({ id, traffic }: CloserProps) {
  const [isOpen, setIsOpen] = useState(false)
  const filters = useListFilters()
  const [, setLog] = useSearchValue('log')
  // A step counts attempts: their messages may be older.
  const showLog = (fromMs: number, untilMs: number) => {
    const [from, until] = [new Date(fromMs).toISOString(), new Date(untilMs).toISOString()]
    filters.set({ hours: '', from, until })
    setLog('attempts')
  }
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('stats.closer')}</summary>
      {isOpen && (
        <div className="stack stack-small">
          <Suspense fallback={<Skeleton label={t('state.loading')} rows={8} />}>
            <TrafficCharts traffic={traffic} onChoose={showLog} />
          </Suspense>
          <CausesOfDay endpoint={id} eventType="" />
        </div>
      )}
    </details>
  )
}

interface AsOfProps {
  readonly id: string
  readonly period: Period
  readonly traffic: TrafficOut
}

function AsOf({ id, period, traffic }: AsOfProps) {
  return (
    <p className="row small soft">
      <span>
        {t('activity.asOf')} <FullTime at={traffic.asOf} />
        <OwnSpan traffic={traffic} />
      </span>{' '}
      <Link to={`/activity?${new URLSearchParams({ period: periodText(period), endpoint: id })}`}>
        {t('activity.title')}
      </Link>
    </p>
  )
}
