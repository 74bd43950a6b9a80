import type { MessageAttemptOut } from '@posthorn/contracts'
import { Button, Empty, VisibleText } from '@posthorn/ui'
import { useClient } from '../lib/client.tsx'
import { formatMs } from '../lib/format.ts'
import { Link } from '../lib/router.tsx'
import { t } from '../lib/text.ts'
import { useLiveList } from '../lib/use-live-list.ts'
import { causeSentence } from './cause.tsx'
import { DeliveryStatus } from './delivery-status.tsx'
import { ListFilters, useListFilters } from './list-filters.tsx'
import { QueryView } from './query-view.tsx'
import { Time } from './time.tsx'

/** Every request to an endpoint, newest first, as they happen. */
export function AttemptList({ endpointId }: { readonly endpointId: string }) {
  const client = useClient()
  const filters = useListFilters()
  const live = useLiveList({
    queryKey: ['attempts', endpointId, filters.values],
    fetchPage: (iterator, signal) =>
      client.attempts.listByEndpoint(
        endpointId,
        { ...filters.query(), limit: 50, iterator, with_msg: true, with_content: false },
        { signal },
      ),
  })
  return (
    <section className="stack stack-small" aria-label={t('attempts.title')}>
      <h2>{t('attempts.title')}</h2>
      <ListFilters filters={filters} withStatus />
      <Arrived count={live.arrivedCount} onShow={live.showArrived} />
      <div className="card card-flush">
        <QueryView query={live.query}>
          {() =>
            live.items.length === 0 ? (
              <NoAttempts isFiltered={filters.isActive} onClear={filters.clear} />
            ) : (
              <AttemptTable attempts={live.items} />
            )
          }
        </QueryView>
      </div>
      <More query={live.query} />
    </section>
  )
}

export function Arrived({
  count,
  onShow,
}: {
  readonly count: number
  readonly onShow: () => void
}) {
  return (
    <div role="status">
      {count > 0 && (
        <Button kind="primary" size="small" onClick={onShow}>
          {t('list.arrived', { n: count })}
        </Button>
      )}
    </div>
  )
}

export interface Paged {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => Promise<unknown>
}

export function More({ query }: { readonly query: Paged }) {
  if (!query.hasNextPage) return null
  return (
    <div>
      <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t('list.more')}
      </Button>
    </div>
  )
}

interface NoAttemptsProps {
  readonly isFiltered: boolean
  readonly onClear: () => void
}

function NoAttempts({ isFiltered, onClear }: NoAttemptsProps) {
  if (!isFiltered)
    return (
      <Empty title={t('attempts.empty.title')}>
        <p>{t('attempts.empty.text')}</p>
      </Empty>
    )
  return (
    <Empty title={t('list.filtered.title')}>
      <Button onClick={onClear}>{t('list.filtered.clear')}</Button>
    </Empty>
  )
}

export function AttemptTable({ attempts }: { readonly attempts: readonly MessageAttemptOut[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('attempts.column.outcome')}</th>
          <th scope="col">{t('attempts.column.message')}</th>
          <th scope="col">{t('attempts.column.attempt')}</th>
          <th scope="col">{t('attempts.column.took')}</th>
          <th scope="col">{t('attempts.column.at')}</th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <AttemptRow key={attempt.id} attempt={attempt} />
        ))}
      </tbody>
    </table>
  )
}

function AttemptRow({ attempt }: { readonly attempt: MessageAttemptOut }) {
  const hasFailed = attempt.statusText !== 'success'
  return (
    <tr>
      <td>
        <DeliveryStatus status={attempt.statusText} />
        {hasFailed && (
          <div className="small soft">
            <VisibleText text={causeSentence(attempt)} />
          </div>
        )}
      </td>
      <td>
        <Link className="strong-link" to={`/messages/${attempt.msgId}?attempt=${attempt.id}`}>
          <VisibleText text={attempt.msg?.eventType ?? t('attempts.open')} />
        </Link>
        <div className="mono soft small">{attempt.msgId}</div>
      </td>
      <td>
        {t('attempts.nth', { n: attempt.attemptNumber })}
        <div className="small soft">
          {attempt.triggerType === 1 ? t('trigger.manual') : t('trigger.schedule')}
        </div>
      </td>
      <td>{formatMs(attempt.responseDurationMs)}</td>
      <td>
        <Time at={attempt.timestamp} />
      </td>
    </tr>
  )
}
