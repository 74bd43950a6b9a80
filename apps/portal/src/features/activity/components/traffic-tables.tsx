import type { QueryValues } from '@posthorn/client'
import type { TrafficCount } from '@posthorn/contracts'
import { Empty, formatMs, formatNumber, type MoreButtonProps, VisibleText } from '@posthorn/ui'
import type { ReactNode } from 'react'
import { More } from '../../../components/more.tsx'
import { type Period, periodQuery, periodText } from '../../../components/period-choice.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { formatShare } from '../../../lib/format.ts'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import {
  useEndpointUrls,
  useTrafficByEndpoint,
  useTrafficByEventType,
} from '../api/activity-queries.ts'
import { CsvButton } from './csv-button.tsx'

interface TablePeriod {
  readonly period: Period
}

export function TrafficByEndpoint({ period }: TablePeriod) {
  const query = useTrafficByEndpoint(period)
  const urls = useEndpointUrls()
  return (
    <Section
      title={t('activity.byEndpoint')}
      file={{ by: 'endpoint', ...periodQuery(period) }}
      more={query}
    >
      <QueryView query={query}>
        {({ rows, isPart }) => (
          <TrafficTable
            heading={t('endpoints.column.endpoint')}
            isPart={isPart}
            rows={rows.map(({ endpointId, ...count }) => ({
              key: endpointId,
              name: urls.data?.get(endpointId) ?? endpointId,
              to: `/activity?${new URLSearchParams({ period: periodText(period), endpoint: endpointId })}`,
              count,
            }))}
          />
        )}
      </QueryView>
    </Section>
  )
}

export function TrafficByEventType({ period }: TablePeriod) {
  const query = useTrafficByEventType(period)
  return (
    <Section
      title={t('activity.byEventType')}
      file={{ by: 'event_type', ...periodQuery(period) }}
      more={query}
    >
      <QueryView query={query}>
        {({ rows, isPart }) => (
          <TrafficTable
            heading={t('messages.column.type')}
            isPart={isPart}
            rows={rows.map(({ eventType, ...count }) => ({
              key: eventType,
              name: eventType,
              to: `/activity?${new URLSearchParams({ period: periodText(period), type: eventType })}`,
              count,
            }))}
          />
        )}
      </QueryView>
    </Section>
  )
}

interface SectionProps {
  readonly title: string
  readonly file: QueryValues
  readonly more: MoreButtonProps['query']
  readonly children: ReactNode
}

function Section({ title, file, more, children }: SectionProps) {
  return (
    <section className="stack stack-small">
      <div className="row row-between">
        <h2>{title}</h2>
        <CsvButton query={file} what={title} />
      </div>
      <div className="card card-flush">{children}</div>
      <More query={more} label={t('activity.more')} />
    </section>
  )
}

interface TrafficRow {
  readonly key: string
  readonly name: string
  readonly to: string
  readonly count: TrafficCount
}

interface TrafficTableProps {
  readonly heading: string
  readonly rows: readonly TrafficRow[]
  /** There are more than are ever shown. */
  readonly isPart: boolean
}

const COUNTS = ['delivered', 'exhausted', 'rate', 'attempts'] as const
const QUANTILES = ['p50', 'p95', 'p99'] as const

function TrafficTable({ heading, rows, isPart }: TrafficTableProps) {
  if (rows.length === 0) return <Empty title={t('activity.empty.title')} />
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{heading}</th>
            {([...COUNTS, ...QUANTILES] as const).map((name) => (
              <th scope="col" key={name}>
                {t(`activity.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, to, count }) => (
            <tr key={key}>
              <td>
                <Link className="strong-link" to={to}>
                  <VisibleText text={name} />
                </Link>
              </td>
              <Cell name="delivered">{formatNumber(count.succeeded)}</Cell>
              <Cell name="exhausted">{formatNumber(count.exhausted)}</Cell>
              <Cell name="rate">
                {count.successRate === null ? '–' : formatShare(count.successRate)}
              </Cell>
              <Cell name="attempts">{formatNumber(count.succeeded + count.failed)}</Cell>
              {QUANTILES.map((quantile) => (
                <Cell key={quantile} name={quantile}>
                  {count.latencyMs === null ? '–' : formatMs(count.latencyMs[quantile])}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {isPart && <p className="small soft part-note">{t('activity.part', { n: rows.length })}</p>}
    </>
  )
}

interface CellProps {
  readonly name: (typeof COUNTS)[number] | (typeof QUANTILES)[number]
  readonly children: ReactNode
}

/** Where the table turns into cards, each figure says what it is. */
function Cell({ name, children }: CellProps) {
  return (
    <td>
      <span className="card-label small soft">{t(`activity.${name}`)}</span> {children}
    </td>
  )
}
