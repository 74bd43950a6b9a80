import { VisibleText } from '@posthorn/ui'
import '../pause.css'
import { FullTime } from '../../../components/time.tsx'
import { formatCapped } from '../../../lib/format-figure.ts'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useDeliveryPause } from '../api/health-queries.ts'
import { pausedByText } from './paused-by.ts'

/** Above every page while nothing is sent. A look that fails shows what the last one said. */
export function PauseBanner() {
  const { data } = useDeliveryPause()
  const pause = data?.pause ?? null
  if (pause === null) return null
  return (
    <section className="pause-banner" aria-label={t('pause.region')}>
      <strong role="alert">{t('pause.banner')}</strong>
      <span>
        {t('pause.since')} <FullTime at={pause.pausedAt} />{' '}
        {t('pause.by', { who: pausedByText(pause) })}: <VisibleText text={pause.reason} />
      </span>
      {pause.waiting !== null && (
        <>
          <span>{t('pause.waiting', { n: formatCapped(pause.waiting) })}</span>
          <Link to="/queues">{t('pause.open')}</Link>
        </>
      )}
    </section>
  )
}
