import type { ReplayKind, ReplayQuery } from '@posthorn/client'
import type { EndpointOut, ReplayEstimateOut } from '@posthorn/contracts'
import {
  cappedCount,
  formatCountdown,
  formatNumber,
  FullTime,
  Notice,
  type QueryLike,
  VisibleText,
} from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { QueryView } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { RetryRest } from './retry-rest.ts'
import { SendOneFirst } from './send-one-first.ts'

const MANY = 1_000
const TYPES_SHOWN = 5

interface EstimateInput {
  readonly kind: ReplayKind
  readonly query: ReplayQuery | null
}

/** Counts without sending. Asked anew for each window; nothing that was counted is kept. */
export function useReplayEstimate(endpointId: string, { kind, query }: EstimateInput) {
  const client = useClient()
  return useQuery({
    queryKey: ['replay-estimate', endpointId, kind, query],
    queryFn: ({ signal }) => {
      const body = query ?? { since: '', until: null }
      return client.endpoints.estimateReplay(endpointId, { kind, body, signal })
    },
    enabled: query !== null,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
}

export function mayReplay({ data }: QueryLike<ReplayEstimateOut>): boolean {
  return data !== undefined && data.count > 0
}

export interface ReplayEstimateProps {
  readonly kind: ReplayKind
  readonly endpoint: EndpointOut
  readonly estimate: QueryLike<ReplayEstimateOut>
  readonly isAsked: boolean
}

export function ReplayEstimate({ kind, endpoint, estimate, isAsked }: ReplayEstimateProps) {
  const client = useClient()
  if (!isAsked) return null
  return (
    <div aria-live="polite" className="stack stack-small estimate">
      <QueryView query={estimate} rows={3}>
        {(found) => (
          <>
            <Count kind={kind} found={found} />
            {kind === 'recover' && (
              <RetryRest
                retrying={found.retrying}
                retry={() => {
                  const { since, until } = found
                  return client.endpoints.retryNow(endpoint.id, { since, until })
                }}
              />
            )}
            <StillFailing recount={estimate.refetch} {...{ kind, endpoint, found }} />
          </>
        )}
      </QueryView>
    </div>
  )
}

interface StillFailingProps extends Pick<ReplayEstimateProps, 'kind' | 'endpoint'> {
  readonly found: ReplayEstimateOut
  readonly recount: () => unknown
}

function StillFailing({ kind, endpoint, found, recount }: StillFailingProps) {
  const client = useClient()
  const isFailing = endpoint.state.health === 'failing'
  const wouldFail = isFailing && found.count > 0
  // Stays when the one that was sent first has made it healthy, or was the last that failed.
  const [wouldHaveFailed] = useState(wouldFail)
  if (!wouldFail && !wouldHaveFailed) return null
  return (
    <Notice tone={isFailing ? 'warn' : 'good'}>
      {isFailing && <p>{t('replay.stillFailing')}</p>}
      {kind === 'recover' && (
        <SendOneFirst
          client={client}
          endpointId={endpoint.id}
          span={found}
          onArrived={recount}
          why={(messageId, text) => (
            <Link className="small" to={`/messages/${messageId}`}>
              {text}
            </Link>
          )}
        />
      )}
    </Notice>
  )
}

type CountProps = Pick<StillFailingProps, 'kind' | 'found'>

function Count({ kind, found }: CountProps) {
  if (found.count === 0) {
    const areRetried = kind === 'recover' && found.retrying > 0
    return (
      <p>
        <strong>{t(areRetried ? 'replay.nothingYet' : 'replay.nothing')}</strong>{' '}
        <LeftAlone {...{ kind, found }} />
      </p>
    )
  }
  return (
    <>
      <p>
        <strong className="figure">
          {formatNumber(found.count)}
          {found.isCapped && '+'}
        </strong>{' '}
        {t('replay.messages', { n: cappedCount(found.count, found.isCapped) })}
        {found.oldest !== null && found.newest !== null && (
          <>
            {' '}
            (<FullTime at={found.oldest} /> – <FullTime at={found.newest} />)
          </>
        )}
      </p>
      <ByType found={found} />
      <p className="small soft">
        <LeftAlone {...{ kind, found }} />
        {found.estimatedSeconds !== null &&
          t('replay.takes', {
            time: formatCountdown(found.estimatedSeconds),
            rate: formatNumber(found.ratePerSecond ?? 0),
          })}
      </p>
      {found.count > MANY && (
        <Notice tone="warn">
          <p>{t('replay.many', { n: formatNumber(found.count) })}</p>
        </Notice>
      )}
    </>
  )
}

function ByType({ found: { eventTypes } }: { readonly found: ReplayEstimateOut }) {
  return (
    <ul className="plain-list small">
      {eventTypes.slice(0, TYPES_SHOWN).map(({ eventType, count }) => (
        <li key={eventType}>
          <span className="mono">
            <VisibleText text={eventType} />
          </span>{' '}
          {formatNumber(count)}
        </li>
      ))}
      {eventTypes.length > TYPES_SHOWN && (
        <li className="soft">{t('replay.moreTypes', { n: eventTypes.length - TYPES_SHOWN })}</li>
      )}
    </ul>
  )
}

function LeftAlone({ kind, found: { retrying, expired } }: CountProps) {
  return (
    <>
      {kind !== 'recover' && retrying > 0 && `${t('replay.retrying', { n: retrying })} `}
      {expired > 0 && `${t('replay.expired', { n: expired })} `}
    </>
  )
}
