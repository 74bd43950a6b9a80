import type { MessageAttemptOut } from '@posthorn/contracts'
import { VisibleText } from '@posthorn/ui'
import { useMay } from '../lib/client.tsx'
import { Link } from '../lib/router.tsx'
import { t } from '../lib/text.ts'

/** What can be done at once about what an attempt came to: where it redirects to, and its limit. */
export function CauseRemedy({ attempt }: { readonly attempt: MessageAttemptOut }) {
  const mayManage = useMay('ManageEndpoint')
  const advanced = `/endpoints/${attempt.endpointId}?tab=advanced`
  if (!mayManage) return null
  if (attempt.outcome.code === 'http_429')
    return (
      <p>
        <Link to={advanced}>{t('remedy.rateLimit')}</Link>
      </p>
    )
  const url = redirectOf(attempt)
  if (url === null) return null
  return (
    <p>
      <Link to={`${advanced}&url=${encodeURIComponent(url)}`}>{t('remedy.useUrl')}</Link>:{' '}
      <span className="mono">
        <VisibleText text={url} />
      </span>
    </p>
  )
}

/** Whole, as an endpoint would have it; null: it leads nowhere that an endpoint could be. */
function redirectOf({ outcome, url }: MessageAttemptOut): string | null {
  if (outcome.code !== 'http_redirect') return null
  const { location } = outcome.params
  const target = typeof location === 'string' ? URL.parse(location, url) : null
  if (target === null || !/^https?:$/.test(target.protocol)) return null
  target.hash = ''
  return target.href
}
