import type { EndpointOut, EndpointWarningsOut } from '@posthorn/contracts'
import { FullTime, Notice, VisibleText } from '@posthorn/ui'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

/** Which endpoints get nothing any more, or soon won't, without anybody here having wanted it. */
export function WarnedEndpoints({ data, hasMore }: EndpointWarningsOut) {
  return (
    <Notice
      tone={data.some(({ disabled }) => !disabled) ? 'bad' : 'warn'}
      title={t('warned.title')}
    >
      <ul className="warned">
        {data.map((endpoint) => (
          <li key={endpoint.id}>
            <Link to={`/endpoints/${endpoint.id}`}>
              <VisibleText text={endpoint.url} />
            </Link>{' '}
            <Why endpoint={endpoint} />
          </li>
        ))}
      </ul>
      {hasMore && <p className="small">{t('warned.more')}</p>}
    </Notice>
  )
}

/** When it was disabled, or will be. */
export function disabledWhen({ disabled, state }: EndpointOut): string | null {
  return disabled ? state.disabledAt : state.disablesAt
}

function Why({ endpoint }: { readonly endpoint: EndpointOut }) {
  const at = disabledWhen(endpoint)
  return (
    <span className="small">
      {t(endpoint.disabled ? 'warned.disabled' : 'warned.soon')}{' '}
      {at !== null && <FullTime at={at} />}
    </span>
  )
}
