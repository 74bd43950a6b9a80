import type { OverviewOut } from '@posthorn/contracts'
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
  formatRate,
  formatSeconds,
  formatShare,
} from '../../../lib/format-figure.ts'
import { t } from '../../../lib/text.ts'
import { useOutages, useOverview } from '../api/health-queries.ts'
import { rowsOfOutage } from '../outage-rows.ts'
import { AsOf } from './as-of.tsx'

export function OverviewScreen() {
  const query = useOverview()
  return (
    <div className="stack">
      <ScreenHeader title={t('overview.title')}>
        {query.data !== undefined && <AsOf at={query.data.asOf} />}
      </ScreenHeader>
      <QueryView query={query}>
        {(overview) => (
          <>
            <section className="stack stack-small" aria-labelledby="overview-traffic">
              <h2 id="overview-traffic">{t('overview.traffic')}</h2>
              <Figures>
                <Traffic overview={overview} />
              </Figures>
            </section>
            <section className="stack stack-small" aria-labelledby="overview-trouble">
              <h2 id="overview-trouble">{t('overview.trouble')}</h2>
              <Figures>
                <Outages />
                <Trouble overview={overview} />
              </Figures>
            </section>
            <section className="stack stack-small" aria-labelledby="overview-queue">
              <h2 id="overview-queue">{t('overview.queue')}</h2>
              <Figures>
                <Queue overview={overview} />
              </Figures>
            </section>
          </>
        )}
      </QueryView>
    </div>
  )
}

interface PartProps {
  readonly overview: OverviewOut
}

function Traffic({ overview: { accepted, attempts } }: PartProps) {
  const { succeeded, failed, seconds } = attempts
  const made = succeeded + failed
  return (
    <>
      <Figure
        label={t('overview.accepted')}
        value={formatRate(accepted.count / accepted.seconds)}
        to="/messages"
      >
        {t('overview.accepted.count', {
          n: accepted.count,
          time: formatSeconds(accepted.seconds),
        })}
      </Figure>
      <Figure
        label={t('overview.delivered')}
        value={formatRate(succeeded / seconds)}
        to="/messages?status=delivered"
      >
        {t('overview.delivered.count', {
          n: succeeded,
          time: formatSeconds(seconds),
        })}
      </Figure>
      <Figure
        label={t('overview.success')}
        value={made === 0 ? '–' : formatShare(succeeded / made)}
        {...(failed > 0 ? { tone: succeeded < made * 0.95 ? 'bad' : 'warn' } : {})}
        to="/messages?status=failed"
      >
        {t('overview.success.count', { failed: formatCount(failed), n: formatCount(made) })}
      </Figure>
    </>
  )
}

/** Told of before its endpoints are: most of a host fail sooner than each of them has failed five times. */
function Outages() {
  const { data } = useOutages()
  const rows = data?.data.flatMap(rowsOfOutage)
  return (
    <Figure
      label={t('outages.title')}
      value={rows === undefined ? '–' : formatCount(rows.length)}
      {...(rows !== undefined && { tone: rows.length > 0 ? 'bad' : 'good' })}
      to="/outages"
    >
      {t('overview.outages.hint')}
    </Figure>
  )
}

function Trouble({ overview }: PartProps) {
  const { failing, disabledSoon, disabledToday, quarantined, alertsFiring } = overview
  return (
    <>
      <Figure
        label={t('overview.failing')}
        value={formatCount(failing)}
        tone={failing > 0 ? 'bad' : 'good'}
        to="/health?kind=failing"
      >
        {t('overview.failing.hint')}
      </Figure>
      <Figure
        label={t('overview.soon')}
        value={formatCount(disabledSoon)}
        tone={disabledSoon > 0 ? 'warn' : 'good'}
        to="/health?kind=soon"
      >
        {t('overview.soon.hint')}
      </Figure>
      <Figure
        label={t('overview.disabled')}
        value={formatCount(disabledToday)}
        to="/health?kind=disabled"
      >
        {t('overview.disabled.hint')}
      </Figure>
      <Figure
        label={t('overview.quarantined')}
        value={formatCapped(quarantined)}
        tone={quarantined > 0 ? 'warn' : 'good'}
        to="/sources"
      >
        {t('overview.quarantined.hint')}
      </Figure>
      <Figure
        label={t('overview.alerts')}
        value={formatCount(alertsFiring)}
        tone={alertsFiring > 0 ? 'bad' : 'good'}
        to="/alerts"
      >
        {t('overview.alerts.hint')}
      </Figure>
    </>
  )
}

const LATE_SECONDS = 5

function Queue({ overview }: PartProps) {
  const { lagSeconds, oldestDueAt, due, inFlight, rescued } = overview
  return (
    <>
      <Figure
        label={t('queue.lag')}
        value={formatSeconds(lagSeconds)}
        tone={lagSeconds > LATE_SECONDS ? 'bad' : 'good'}
        to="/queues"
      >
        {t('queue.lag.hint')}
      </Figure>
      <Figure
        label={t('queue.oldest')}
        value={oldestDueAt === null ? t('queue.oldest.none') : formatClock(oldestDueAt)}
        to="/queues"
      >
        {t('queue.due.count', { n: countToCap(due) })}
      </Figure>
      <Figure label={t('queue.inFlight')} value={formatCount(inFlight)} to="/queues">
        {t('queue.inFlight.hint')}
      </Figure>
      <Figure label={t('queue.rescued')} value={formatCount(rescued.deliveries)} to="/queues">
        {t('queue.rescued.hint')} {rescued.lastAt !== null && <Time at={rescued.lastAt} />}
      </Figure>
    </>
  )
}
