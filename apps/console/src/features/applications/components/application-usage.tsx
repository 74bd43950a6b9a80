import type { TrafficOut, TrafficPeriod } from '@posthorn/contracts'
import { BarChart, cappedText, formatMs, formatNumber, FullTime, trafficSteps } from '@posthorn/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import '../applications.css'
import { Figure, Figures } from '../../../components/figure.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { formatShare } from '../../../lib/format-figure.ts'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useApplicationClient } from '../../../lib/use-application-client.ts'

const PERIODS = ['24h', '7d', '28d'] as const satisfies readonly TrafficPeriod[]
type Period = (typeof PERIODS)[number]

/** As the list of messages is filtered to the same time. */
const HOURS: Readonly<Record<Period, number>> = { '24h': 24, '7d': 168, '28d': 672 }
const LOOK_MS = 15_000

export interface ApplicationUsageProps {
  readonly appId: string
}

/** How much this customer is sent, and what came of it. */
export function ApplicationUsage({ appId }: ApplicationUsageProps) {
  const client = useApplicationClient(appId)
  const [asked, setPeriod] = useSearchValue('period')
  const period = PERIODS.find((name) => name === asked) ?? '24h'
  const query = useQuery({
    queryKey: ['application-usage', appId, period],
    queryFn: ({ signal }) => client.traffic.get({ period }, { signal }),
    refetchInterval: LOOK_MS,
    placeholderData: keepPreviousData,
  })
  return (
    <section className="stack stack-small" aria-labelledby="usage">
      <div className="row row-between">
        <h2 id="usage">{t('usage.title')}</h2>
        <select
          className="input usage-period"
          aria-label={t('usage.period')}
          value={period}
          onChange={({ target }) => setPeriod(target.value === '24h' ? '' : target.value)}
        >
          {PERIODS.map((name) => (
            <option key={name} value={name}>
              {t(`usage.period.${name}`)}
            </option>
          ))}
        </select>
      </div>
      <QueryView query={query}>
        {(traffic) => (
          <>
            <UsageFigures {...{ appId, period, traffic }} />
            {traffic.series.length > 0 && <Volume traffic={traffic} />}
            <p className="small soft">
              {t('usage.asOf')} <FullTime at={traffic.asOf} />
            </p>
          </>
        )}
      </QueryView>
    </section>
  )
}

interface FiguresProps extends ApplicationUsageProps {
  readonly period: Period
  readonly traffic: TrafficOut
}

function UsageFigures({ appId, period, traffic: { total, messages } }: FiguresProps) {
  const { succeeded, failed, exhausted, successRate, latencyMs } = total
  const list = `/messages?app=${appId}&hours=${HOURS[period]}`
  return (
    <Figures>
      <Figure
        label={t('usage.messages')}
        value={messages === null ? '–' : cappedText(messages.count, messages.isCapped)}
        to={list}
      >
        {t('usage.messages.hint')}
      </Figure>
      <Figure
        label={t('usage.delivered')}
        value={formatNumber(succeeded)}
        to={`${list}&status=delivered`}
      >
        {t('usage.delivered.hint')}
      </Figure>
      <Figure
        label={t('usage.exhausted')}
        value={formatNumber(exhausted)}
        to={`${list}&status=failed`}
        {...(exhausted > 0 ? { tone: 'bad' } : {})}
      >
        {t('usage.exhausted.hint')}
      </Figure>
      <Figure label={t('usage.attempts')} value={formatNumber(succeeded + failed)}>
        {t('usage.attempts.hint', {
          share: successRate === null ? '–' : formatShare(successRate),
          p95: latencyMs === null ? '–' : formatMs(latencyMs.p95),
        })}
      </Figure>
    </Figures>
  )
}

function Volume({ traffic }: { readonly traffic: TrafficOut }) {
  const { succeeded, failed } = traffic.total
  return (
    <BarChart
      title={t('usage.volume')}
      summary={t('usage.volume.summary', {
        succeeded: formatNumber(succeeded),
        failed: formatNumber(failed),
      })}
      series={[
        { name: t('usage.succeeded'), tone: 'good' },
        { name: t('usage.failed'), tone: 'bad' },
      ]}
      points={trafficSteps(traffic).map(({ label, point }) => ({
        label,
        values: [point?.succeeded ?? 0, point?.failed ?? 0],
      }))}
      format={formatNumber}
      tableLabel={t('usage.table')}
      axisLabel={t('usage.step')}
    />
  )
}
