import type { TrafficOut } from '@posthorn/contracts'
import {
  Button,
  cappedText,
  currentLocale,
  Empty,
  formatMs,
  formatNumber,
  FullTime,
  VisibleText,
} from '@posthorn/ui'
import { lazy, Suspense } from 'react'
import { CausesOfDay } from '../../../components/causes-of-day.tsx'
import { OwnSpan } from '../../../components/own-span.tsx'
import {
  PeriodChoice,
  periodName,
  periodQuery,
  readPeriod,
} from '../../../components/period-choice.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { TrafficCharts } from '../../../components/traffic-charts.tsx'
import { useMay } from '../../../lib/client.tsx'
import { formatShare } from '../../../lib/format.ts'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import type { CausesOf } from '../../../lib/use-causes.ts'
import { useEndpointUrls, useTraffic } from '../api/activity-queries.ts'
import { CsvButton } from './csv-button.tsx'
import { MonthStrip } from './month-strip.tsx'
import { TrafficByEndpoint, TrafficByEventType } from './traffic-tables.tsx'

// With words of its own, which have to be there in the language of the page.
const NoticeCard = lazy(async () => {
  const [{ NoticeCard: Card }, { chooseLocale }] = await Promise.all([
    import('./notice-card.tsx'),
    import('../notice-text/text.ts'),
  ])
  await chooseLocale(currentLocale())
  return { default: Card }
})

export function ActivityPage() {
  const [asked, setPeriod] = useSearchValue('period')
  const [endpoint, setEndpoint] = useSearchValue('endpoint')
  const [eventType, setEventType] = useSearchValue('type')
  const period = readPeriod(asked)
  const query = useTraffic({ period, endpoint, eventType })
  const mayManage = useMay('ManageEndpoint')
  const isNarrowed = endpoint !== '' || eventType !== ''
  const widen = () => {
    setEndpoint('')
    setEventType('')
  }
  return (
    <div className="stack">
      <div className="row row-between">
        <h1>{t('activity.title')}</h1>
        <div className="row">
          <PeriodChoice period={period} onChange={setPeriod} />
          <CsvButton
            query={{ ...periodQuery(period), endpoint, event_type: eventType }}
            what={periodName(period)}
          />
        </div>
      </div>
      {isNarrowed && <Narrowed {...{ endpoint, eventType }} onWiden={widen} />}
      <QueryView query={query}>{(traffic) => <Traffic traffic={traffic} />}</QueryView>
      <CausesOfDay {...{ endpoint, eventType }} />
      <Month {...{ endpoint, eventType }} />
      {!isNarrowed && (
        <>
          <TrafficByEndpoint period={period} />
          <TrafficByEventType period={period} />
          {mayManage && (
            <Suspense>
              <NoticeCard />
            </Suspense>
          )}
        </>
      )}
    </div>
  )
}

/** Whatever the period that is chosen. */
function Month(narrowed: CausesOf) {
  const query = useTraffic({ period: '28d', ...narrowed })
  return <QueryView query={query}>{(traffic) => <MonthStrip traffic={traffic} />}</QueryView>
}

function Traffic({ traffic }: { readonly traffic: TrafficOut }) {
  return (
    <div className="stack">
      <Figures traffic={traffic} />
      <p className="small soft">{t('activity.deliveries')}</p>
      {traffic.series.length === 0 ? (
        <div className="card">
          <Empty title={t('activity.empty.title')}>
            <p>{t('activity.empty.text')}</p>
          </Empty>
        </div>
      ) : (
        <TrafficCharts traffic={traffic} />
      )}
      <p className="small soft">
        {t('activity.asOf')} <FullTime at={traffic.asOf} />
        <OwnSpan traffic={traffic} />
      </p>
    </div>
  )
}

interface NarrowedProps {
  readonly endpoint: string
  readonly eventType: string
  readonly onWiden: () => void
}

function Narrowed({ endpoint, eventType, onWiden }: NarrowedProps) {
  const urls = useEndpointUrls()
  return (
    <div className="row">
      <span className="mono">
        <VisibleText text={eventType === '' ? (urls.data?.get(endpoint) ?? endpoint) : eventType} />
      </span>
      <Button size="small" onClick={onWiden}>
        {t('activity.all')}
      </Button>
    </div>
  )
}

/** What was to be delivered and what became of it, and below it the attempts that were made for that. */
function Figures({ traffic: { messages, total } }: { readonly traffic: TrafficOut }) {
  const { succeeded, exhausted, successRate, latencyMs } = total
  // Of endings: what was given up stays counted, whatever was sent again since came to.
  const ended = succeeded + exhausted
  return (
    <div className="stack stack-small">
      <FigureRow
        figures={{
          ...(messages === null ? {} : { messages: messageCount(messages) }),
          deliveredRate: ended === 0 ? '–' : formatShare(succeeded / ended),
          delivered: formatNumber(succeeded),
          exhausted: formatNumber(exhausted),
        }}
      />
      <FigureRow
        figures={{
          rate: successRate === null ? '–' : formatShare(successRate),
          attempts: formatNumber(succeeded + total.failed),
          p50: latencyMs === null ? '–' : formatMs(latencyMs.p50),
          p95: latencyMs === null ? '–' : formatMs(latencyMs.p95),
          p99: latencyMs === null ? '–' : formatMs(latencyMs.p99),
        }}
      />
    </div>
  )
}

const FIGURES = [
  'messages',
  'deliveredRate',
  'delivered',
  'exhausted',
  'rate',
  'attempts',
  'p50',
  'p95',
  'p99',
] as const

interface FigureRowProps {
  readonly figures: { readonly [Name in (typeof FIGURES)[number]]?: string }
}

function FigureRow({ figures }: FigureRowProps) {
  return (
    <dl className="figures figures-even">
      {FIGURES.filter((name) => figures[name] !== undefined).map((name) => (
        <div className="card" key={name}>
          <dt className="small soft">{t(`activity.${name}`)}</dt>
          <dd className="figure">{figures[name]}</dd>
        </div>
      ))}
    </dl>
  )
}

function messageCount({ count, isCapped }: NonNullable<TrafficOut['messages']>): string {
  return cappedText(count, isCapped)
}
