import { cappedCount, causeSentence, formatMs, HealthBadge, Time, VisibleText } from '@posthorn/ui'
import { formatShare } from '../../../lib/format.ts'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import type { ListedEndpoint } from '../api/endpoint-queries.ts'
import { DayBars } from './day-bars.tsx'
import { EndpointMenu } from './endpoint-menu.tsx'

const DELIVERED = 0

const SINCE: readonly string[] = ['failing', 'disabled_soon', 'rate_limited']

export function EndpointRow({ endpoint, day }: ListedEndpoint) {
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
        <LastCause day={day} />
      </td>
      <td
        data-label={t('endpoints.column.day')}
        className={day === null ? 'cell-none' : 'figures-cell'}
      >
        <Day day={day} />
      </td>
      <td data-label={t('endpoints.column.eventTypes')}>
        {eventTypes == null ? t('filter.all') : t('filter.some', { n: eventTypes.length })}
        {throttleRate != null && (
          <div className="small soft">{t('filter.rate', { n: throttleRate })}</div>
        )}
      </td>
      <td className={state.waiting === 0 ? 'cell-none' : ''}>{waitingText(state)}</td>
      <td
        data-label={t('endpoints.column.last')}
        className={day?.of.newest == null ? 'cell-none' : ''}
      >
        <LastDelivery day={day} />
      </td>
      <td className="cell-actions">
        <EndpointMenu endpoint={endpoint} />
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

function Day({ day }: Pick<ListedEndpoint, 'day'>) {
  if (day === null) return '–'
  const { successRate, succeeded, failed, latencyMs } = day.of
  return (
    <>
      <DayBars day={day.of} window={day.window} />
      <div className="small">
        {successRate === null
          ? t('endpoints.noAttempts')
          : t('endpoints.delivered', {
              share: formatShare(successRate),
              n: succeeded + failed,
            })}
      </div>
      {latencyMs !== null && (
        <div className="small soft">{t('endpoints.p95', { ms: formatMs(latencyMs.p95) })}</div>
      )}
    </>
  )
}

/** Of the newest attempt, where it failed. */
function LastCause({ day }: Pick<ListedEndpoint, 'day'>) {
  const newest = day?.of.newest ?? null
  if (newest === null || newest.status === DELIVERED) return null
  return (
    <div className="small soft last-cause">
      <VisibleText text={t('endpoints.lastCause', { cause: causeSentence(newest) })} />
    </div>
  )
}

function LastDelivery({ day }: Pick<ListedEndpoint, 'day'>) {
  const newest = day?.of.newest ?? null
  if (newest === null) return '–'
  return (
    <>
      <Time at={newest.timestamp} />
      <div className="small soft">
        {t(newest.status === DELIVERED ? 'endpoints.last.delivered' : 'endpoints.last.failed')}
      </div>
    </>
  )
}

function waitingText({ waiting, waitingCapped }: ListedEndpoint['endpoint']['state']): string {
  return waiting === 0 ? '–' : t('endpoints.waiting', { n: cappedCount(waiting, waitingCapped) })
}
