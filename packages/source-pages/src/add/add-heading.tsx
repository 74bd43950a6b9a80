import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

/** What the page is for, below the way back. */
export function AddHeading() {
  const { Link } = useHost()
  return (
    <>
      <p>
        <Link to="/sources">{t('title')}</Link>
      </p>
      <h1>{t('add')}</h1>
    </>
  )
}
