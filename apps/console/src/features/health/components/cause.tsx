import { causeName } from '../../../lib/cause-name.ts'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

export interface CauseProps {
  readonly code: string | null
  /** Leads to all that fail there. */
  readonly host?: string | null
}

/** Why it fails, in words and by its code. */
export function Cause({ code, host = null }: CauseProps) {
  return (
    <>
      <div>{causeName(code)}</div>
      <div className="small soft">
        {code !== null && <span className="mono">{code}</span>}{' '}
        {host !== null && (
          <Link to={`/outages/${encodeURIComponent(host)}`}>{t('health.wholeOutage')}</Link>
        )}
      </div>
    </>
  )
}
