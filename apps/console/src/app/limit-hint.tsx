import '../components/limit.css'
import { LimitNames } from '../components/limit-names.tsx'
import { Link } from '../lib/router.tsx'
import { useSession } from '../lib/session.tsx'
import { t } from '../lib/text.ts'

const SHOWN = 5

/** Above every page of whoever may see some applications only: what isn't there may be elsewhere. */
export function LimitHint() {
  const { applications } = useSession()
  if (applications === null) return null
  const beyond = applications.length - SHOWN
  return (
    <section className="limit-hint" aria-label={t('limit.region')}>
      <strong>{t('limit.you')}</strong> <LimitNames applications={applications.slice(0, SHOWN)} />
      {beyond > 0 && (
        <>
          , <Link to="/applications">{t('limit.more', { n: beyond })}</Link>
        </>
      )}
    </section>
  )
}
