import type { EndpointOut, TrafficCount } from '@posthorn/contracts'
import { Button, formatMs, formatNumber, HealthBadge, Menu, Time, VisibleText } from '@posthorn/ui'
import { copyText } from '../../../components/copy-button.tsx'
import { useMay } from '../../../lib/client.tsx'
import { formatShare } from '../../../lib/format.ts'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

export interface EndpointRowProps {
  readonly endpoint: EndpointOut
  /** Of the last 24 hours; undefined: nothing was sent, or it isn't known yet. */
  readonly day: TrafficCount | undefined
}

const SINCE: readonly string[] = ['failing', 'disabled_soon', 'rate_limited']

export function EndpointRow({ endpoint, day }: EndpointRowProps) {
  const { eventTypes, throttleRate, state } = endpoint
  return (
    <tr>
      <td>
        <Link className="strong-link" to={`/endpoints/${endpoint.id}`}>
          <Address url={endpoint.url} />
        </Link>
        {endpoint.description !== '' && (
          <div className="soft small">
            <VisibleText text={endpoint.description} />
          </div>
        )}
      </td>
      <td>
        <HealthBadge health={state.health} />
        {state.failingSince !== null && SINCE.includes(state.health) && (
          <div className="small soft">
            {t('health.since')} <Time at={state.failingSince} />
          </div>
        )}
      </td>
      <td
        data-label={t('endpoints.column.day')}
        className={day === undefined ? 'cell-none' : 'figures-cell'}
      >
        <Day day={day} />
      </td>
      <td data-label={t('endpoints.column.eventTypes')}>
        {eventTypes == null ? t('filter.all') : t('filter.some', { n: eventTypes.length })}
        {throttleRate != null && (
          <div className="small soft">{t('filter.rate', { n: throttleRate })}</div>
        )}
      </td>
      <td className={state.waiting === 0 ? 'cell-none' : ''}>
        {state.waiting === 0 ? '–' : t('endpoints.waiting', { n: waitingText(endpoint) })}
      </td>
      <td data-label={t('endpoints.column.created')}>
        <Time at={endpoint.createdAt} />
      </td>
      <td className="cell-actions">
        <RowMenu endpoint={endpoint} />
      </td>
    </tr>
  )
}

/** Its host before all: that is what tells endpoints apart. */
function Address({ url }: { readonly url: string }) {
  const host = URL.parse(url)?.host ?? ''
  const at = host === '' ? -1 : url.indexOf(host)
  if (at === -1) return <VisibleText text={url} />
  const end = at + host.length
  return (
    <span className="address">
      <VisibleText text={url.slice(0, at)} />
      <strong>
        <VisibleText text={url.slice(at, end)} />
      </strong>
      <VisibleText text={url.slice(end)} />
    </span>
  )
}

function Day({ day }: Pick<EndpointRowProps, 'day'>) {
  if (day === undefined || day.successRate === null) return '–'
  const { latencyMs } = day
  return (
    <>
      {t('endpoints.delivered', {
        share: formatShare(day.successRate),
        n: formatNumber(day.succeeded + day.failed),
      })}
      {latencyMs !== null && (
        <div className="small soft">{t('endpoints.p95', { ms: formatMs(latencyMs.p95) })}</div>
      )}
    </>
  )
}

function waitingText({ state }: EndpointOut): string {
  return `${state.waiting}${state.waitingCapped ? '+' : ''}`
}

function RowMenu({ endpoint: { id, url } }: Pick<EndpointRowProps, 'endpoint'>) {
  return (
    <Menu isArrow label={t('endpoints.menu', { url })}>
      <RowActions id={id} />
    </Menu>
  )
}

function RowActions({ id }: { readonly id: string }) {
  const mayManage = useMay('ManageEndpoint')
  const mayAttempt = useMay('CreateAttempts')
  return (
    <>
      {mayManage && (
        <Link className="button" to={`/endpoints/${id}?tab=advanced`}>
          {t('endpoints.edit')}
        </Link>
      )}
      {mayAttempt && (
        <Link className="button" to={`/endpoints/${id}?tab=testing`}>
          {t('endpoints.test')}
        </Link>
      )}
      <Button onClick={() => void copyText(t('endpoint.id'), id)}>{t('endpoints.copyId')}</Button>
    </>
  )
}
