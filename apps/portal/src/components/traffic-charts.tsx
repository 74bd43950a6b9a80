import type { TrafficOut } from '@posthorn/contracts'
import {
  BarChart,
  type ChartPoint,
  formatMs,
  formatNumber,
  LineChart,
  trafficSteps,
} from '@posthorn/ui'
import { formatShare } from '../lib/format.ts'
import { t } from '../lib/text.ts'

type TrafficPoint = TrafficOut['series'][number]

export interface TrafficChartsProps {
  readonly traffic: TrafficOut
  /** A step of it was chosen: from when until when, in ms. */
  readonly onChoose?: (fromMs: number, untilMs: number) => void
}

export function TrafficCharts({ traffic, onChoose }: TrafficChartsProps) {
  const steps = trafficSteps(traffic)
  const shared = { tableLabel: t('activity.table'), axisLabel: t('attempts.column.at') }
  const { succeeded, failed, successRate, latencyMs } = traffic.total
  return (
    <div className="columns">
      <BarChart
        {...shared}
        title={t('activity.volume')}
        summary={t('activity.volume.summary', {
          succeeded,
          failed: formatNumber(failed),
          rate: successRate === null ? '–' : formatShare(successRate),
        })}
        series={[
          { name: t('activity.succeeded'), tone: 'good' },
          { name: t('activity.failed'), tone: 'bad' },
        ]}
        points={steps.map(({ label, point }) => ({
          label,
          values: [point?.succeeded ?? 0, point?.failed ?? 0],
        }))}
        format={formatNumber}
        onChoose={
          onChoose &&
          ((index) => {
            const fromMs = Date.parse(traffic.since) + index * traffic.stepSeconds * 1000
            onChoose(fromMs, fromMs + traffic.stepSeconds * 1000)
          })
        }
      />
      <LineChart
        {...shared}
        title={t('activity.latency')}
        summary={
          latencyMs === null
            ? ''
            : `p50 ${formatMs(latencyMs.p50)}, p95 ${formatMs(latencyMs.p95)}, p99 ${formatMs(latencyMs.p99)}`
        }
        series={[
          { name: 'p50', tone: 'accent' },
          { name: 'p95', tone: 'warn' },
          { name: 'p99', tone: 'bad' },
        ]}
        points={steps.map(({ label, point }) => latencyPoint(label, point))}
        format={formatMs}
      />
    </div>
  )
}

function latencyPoint(label: string, point: TrafficPoint | undefined): ChartPoint {
  const latency = point?.latencyMs ?? null
  return { label, values: [latency?.p50 ?? null, latency?.p95 ?? null, latency?.p99 ?? null] }
}
