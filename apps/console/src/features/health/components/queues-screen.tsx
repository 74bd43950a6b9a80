import type { QueueHealthOut } from '@posthorn/contracts'
import { BarChart } from '@posthorn/ui'
import '../health.css'
import { Figure, Figures } from '../../../components/figure.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { Time } from '../../../components/time.tsx'
import {
  countToCap,
  formatCapped,
  formatClock,
  formatCount,
  formatSeconds,
} from '../../../lib/format-figure.ts'
import { t } from '../../../lib/text.ts'
import { useQueue } from '../api/health-queries.ts'
import { AsOf } from './as-of.tsx'
import { DeliverySwitch } from './delivery-switch.tsx'
import { Stores } from './stores.tsx'
import { livingWorkers, Workers } from './workers.tsx'

export function QueuesScreen() {
  const query = useQueue()
  return (
    <div className="stack">
      <ScreenHeader title={t('queue.title')}>
        {query.data !== undefined && <AsOf at={query.data.asOf} />}
      </ScreenHeader>
      <QueryView query={query}>
        {(queue) => (
          <>
            <DeliverySwitch workers={livingWorkers(queue)} />
            <Figures>
              <Waiting queue={queue} />
              <Work queue={queue} />
            </Figures>
            <Throughput queue={queue} />
            <Workers queue={queue} />
            <Stores stores={queue.stores} />
          </>
        )}
      </QueryView>
    </div>
  )
}

interface PartProps {
  readonly queue: QueueHealthOut
}

const LATE_SECONDS = 5

function Waiting({ queue }: PartProps) {
  const { lagSeconds, oldestDueAt, due, waitingForTime, endpointsInTurn } = queue
  const percentiles = {
    p50: formatSeconds(queue.lagP50Seconds),
    p99: formatSeconds(queue.lagP99Seconds),
  }
  return (
    <>
      <Figure
        label={t('queue.lag')}
        value={formatSeconds(lagSeconds)}
        tone={lagSeconds > LATE_SECONDS ? 'bad' : 'good'}
      >
        {t('queue.lag.hint')}. {t('queue.lag.percentiles', percentiles)}
      </Figure>
      <Figure
        label={t('queue.oldest')}
        value={oldestDueAt === null ? t('queue.oldest.none') : formatClock(oldestDueAt)}
      >
        {t('queue.due.count', { n: countToCap(due) })}
      </Figure>
      <Figure label={t('queue.later')} value={formatCapped(waitingForTime)}>
        {t('queue.later.hint')}
      </Figure>
      <Figure
        label={t('queue.inTurn')}
        value={formatCapped(endpointsInTurn)}
        to="/health?kind=limited"
      >
        {t('queue.inTurn.hint')}
      </Figure>
      <LastSweep queue={queue} />
    </>
  )
}

function LastSweep({ queue: { asOf, lastSweepAt } }: PartProps) {
  const agoSeconds =
    lastSweepAt === null ? null : Math.max(0, Date.parse(asOf) - Date.parse(lastSweepAt)) / 1_000
  const isLate = agoSeconds === null || agoSeconds > LATE_SECONDS
  return (
    <Figure
      label={t('queue.sweep')}
      value={
        agoSeconds === null
          ? t('queue.sweep.none')
          : t('queue.sweep.ago', { time: formatSeconds(agoSeconds) })
      }
      {...(isLate ? { tone: 'warn' } : {})}
    >
      {t('queue.sweep.hint')}
    </Figure>
  )
}

function Work({ queue: { inFlight, lostLeases, rescued, runningTasks } }: PartProps) {
  return (
    <>
      <Figure label={t('queue.inFlight')} value={formatCount(inFlight)}>
        {t('queue.inFlight.hint')}
      </Figure>
      <Figure label={t('queue.rescued')} value={formatCount(rescued.deliveries)}>
        {t('queue.rescued.hint')} {rescued.lastAt !== null && <Time at={rescued.lastAt} />}
      </Figure>
      <Figure
        label={t('queue.lost')}
        value={formatCount(lostLeases)}
        {...(lostLeases > 0 ? { tone: 'warn' } : {})}
      >
        {t('queue.lost.hint')}
      </Figure>
      <Figure label={t('queue.tasks')} value={formatCount(runningTasks)} to="/tasks">
        {t('queue.tasks.hint')}
      </Figure>
    </>
  )
}

function Throughput({ queue: { traffic } }: PartProps) {
  const succeeded = traffic.reduce((sum, minute) => sum + minute.succeeded, 0)
  const failed = traffic.reduce((sum, minute) => sum + minute.failed, 0)
  const summary = t('queue.throughput.summary', {
    succeeded: formatCount(succeeded),
    failed: formatCount(failed),
  })
  return (
    <div className="stack stack-small">
      <BarChart
        title={t('queue.throughput')}
        summary={summary}
        series={[
          { name: t('queue.succeeded'), tone: 'good' },
          { name: t('queue.failed'), tone: 'bad' },
        ]}
        points={withIdleMinutes(traffic).map((minute) => ({
          label: formatClock(minute.startsAt),
          values: [minute.succeeded, minute.failed],
        }))}
        format={formatCount}
        tableLabel={t('queue.throughput.table')}
        axisLabel={t('queue.minute')}
      />
      <p className="small soft">{summary}</p>
    </div>
  )
}

const MINUTE_MS = 60_000

/** Those without an attempt are not told; left out, the chart would draw its time too short. */
function withIdleMinutes(traffic: QueueHealthOut['traffic']): QueueHealthOut['traffic'] {
  const told = new Map(traffic.map((minute) => [Date.parse(minute.startsAt), minute]))
  const first = Math.min(...told.keys())
  const last = Math.max(...told.keys())
  const count = told.size === 0 ? 0 : Math.round((last - first) / MINUTE_MS) + 1
  return Array.from({ length: count }, (_, n) => {
    const atMs = first + n * MINUTE_MS
    return told.get(atMs) ?? { startsAt: new Date(atMs).toISOString(), succeeded: 0, failed: 0 }
  })
}
