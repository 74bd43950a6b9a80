import type { MessageAttemptOut } from '@posthorn/contracts'
import { Button, Empty, LiveList, openEnd, useLiveList } from '@posthorn/ui'
import type { ReactNode } from 'react'
import { useClient, useMay } from '../lib/client.tsx'
import { t } from '../lib/text.ts'
import { useSelection } from '../lib/use-selection.ts'
import { AttemptTable } from './attempt-table.tsx'
import { ListFilters, type ListFiltersState, useListFilters } from './list-filters.tsx'
import { LogSection } from './log-section.tsx'
import { QueryView } from './query-view.tsx'
import { SelectedAttempts } from './selected-attempts.tsx'

const STATUSES = ['0', '2'] as const

export interface AttemptListProps {
  readonly endpointId: string
  readonly moreActions: (attempt: MessageAttemptOut) => ReactNode
  /** What can be done with all that the filters let through; shown while one is set. */
  readonly renderFiltered: (filters: ListFiltersState) => ReactNode
  readonly moreFilters: (filters: ListFiltersState) => ReactNode
  /** Between its title and its filters. */
  readonly head: ReactNode
  /** Shown once the list is there: before, the list would push it down. */
  readonly below: ReactNode
}

/** Every request to an endpoint, newest first, as they happen. */
export function AttemptList({ endpointId, moreActions, ...slots }: AttemptListProps) {
  const { renderFiltered, moreFilters, head, below } = slots
  const client = useClient()
  const filters = useListFilters()
  const live = useLiveList({
    queryKey: ['attempts', endpointId, filters.values],
    fetchPage: (iterator, signal) => {
      const query = { ...filters.query(), limit: 50, iterator, with_msg: true, with_content: false }
      const asked = { ...query, ...openEnd(query, iterator) }
      return client.attempts.listByEndpoint(endpointId, asked, { signal })
    },
  })
  const selection = useSelection(live.items.map(({ id }) => id))
  const mayAttempt = useMay('CreateAttempts')
  // What is replayed is chosen by message: neither code nor cause tells of it.
  const isByMessage = filters.values.code === '' && filters.values.cause === ''
  return (
    <LogSection {...{ live, below }}>
      {head}
      <ListFilters filters={filters} statuses={STATUSES} hasCodes>
        {moreFilters(filters)}
      </ListFilters>
      {filters.isActive && isByMessage && <div>{renderFiltered(filters)}</div>}
      {mayAttempt && live.items.length > 0 && (
        <SelectedAttempts attempts={live.items} selection={selection} />
      )}
      <LiveList live={live}>
        <div className="card card-flush">
          <QueryView query={live.query}>
            {() =>
              live.items.length === 0 ? (
                <NoAttempts isFiltered={filters.isActive} onClear={filters.clear} />
              ) : (
                <AttemptTable
                  of="endpoint"
                  attempts={live.items}
                  moreActions={moreActions}
                  {...(mayAttempt ? { selection } : {})}
                />
              )
            }
          </QueryView>
        </div>
      </LiveList>
      <More query={live.query} />
    </LogSection>
  )
}

export interface Paged {
  readonly hasPreviousPage: boolean
  readonly isFetchingPreviousPage: boolean
  readonly fetchPreviousPage: () => Promise<unknown>
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => Promise<unknown>
}

interface OnProps {
  readonly query: Paged
  /** Of a list that goes from new to old, where nothing else is said. */
  readonly label?: string
}

/** The way back up, once further rows took the place of the first. */
export function Newer({ query, label = t('list.newer') }: OnProps) {
  if (!query.hasPreviousPage) return null
  return (
    <div>
      <Button
        disabled={query.isFetchingPreviousPage}
        onClick={() => void query.fetchPreviousPage()}
      >
        {label}
      </Button>
    </div>
  )
}

export function More({ query, label = t('list.more') }: OnProps) {
  if (!query.hasNextPage) return null
  return (
    <div>
      <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {label}
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
