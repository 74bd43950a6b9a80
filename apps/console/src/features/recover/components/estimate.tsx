import type { RecoverManyEstimateOut } from '@posthorn/contracts'
import { cappedCount, cappedText, formatNumber, Notice, VisibleText } from '@posthorn/ui'
import { formatSeconds } from '../../../lib/format-figure.ts'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

export interface EstimateProps {
  readonly found: RecoverManyEstimateOut
  readonly perSecond: number | null
}

/** What would be sent, to whom, before anything is. */
export function Estimate({ found, perSecond }: EstimateProps) {
  return (
    <>
      <h2>{t('estimate.title')}</h2>
      {found.count === 0 ? <Nothing found={found} /> : <Sum found={found} perSecond={perSecond} />}
      {found.disabled > 0 && (
        <Notice tone="warn" title={t('estimate.disabled', { n: formatNumber(found.disabled) })}>
          <p>
            {t('estimate.disabled.text')} <Link to="/outages">{t('outages.title')}</Link>
          </p>
        </Notice>
      )}
      {found.perEndpoint.length > 0 && <PerEndpoint found={found} />}
    </>
  )
}

function Nothing({ found }: { readonly found: RecoverManyEstimateOut }) {
  const { endpoints, retrying } = found
  const key = retrying > 0 ? 'estimate.nothingYet' : 'estimate.nothing'
  return (
    <p>
      <strong>{t(endpoints === 0 ? 'estimate.nobody' : key)}</strong>
    </p>
  )
}

function Sum({ found, perSecond }: EstimateProps) {
  return (
    <p>
      <strong className="estimate-count">{atLeast(found, found.count)}</strong>{' '}
      {t('estimate.messages', {
        n: countOf(found),
        endpoints: atLeast(found, found.affectedEndpoints),
        all: formatNumber(found.endpoints),
        customers: atLeast(found, found.affectedApplications),
      })}{' '}
      {perSecond !== null &&
        t('estimate.takes', { time: formatSeconds(Math.ceil(found.count / perSecond)) })}
    </p>
  )
}

/** As the value of a text. */
export function countOf({ count, isCapped }: RecoverManyEstimateOut): number | string {
  return cappedCount(count, isCapped)
}

function atLeast({ isCapped }: RecoverManyEstimateOut, count: number): string {
  return cappedText(count, isCapped)
}

function PerEndpoint({ found }: { readonly found: RecoverManyEstimateOut }) {
  const { perEndpoint, affectedEndpoints, isCapped } = found
  return (
    <>
      <div className="estimate-list" tabIndex={0} role="region" aria-label={t('estimate.list')}>
        <table className="table table-dense">
          <thead>
            <tr>
              <th>{t('health.endpoint')}</th>
              <th>{t('estimate.customer')}</th>
              <th>{t('estimate.count')}</th>
            </tr>
          </thead>
          <tbody>
            {perEndpoint.map(({ endpointId, url, appName, count }) => (
              <tr key={endpointId}>
                <td>
                  <VisibleText text={url} /> <span className="small soft mono">{endpointId}</span>
                </td>
                <td>
                  <VisibleText text={appName} />
                </td>
                <td data-label={t('estimate.count')}>{formatNumber(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {(isCapped || perEndpoint.length < affectedEndpoints) && (
        <p className="small soft">
          {t(isCapped ? 'estimate.cut' : 'estimate.listed', {
            n: perEndpoint.length,
          })}
        </p>
      )}
    </>
  )
}
