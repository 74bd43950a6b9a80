import { Button, Empty, formatTime } from '@posthorn/ui'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { idTime } from '../../../lib/id-time.ts'
import { t } from '../../../lib/text.ts'
import { useLiveMessages } from '../api/use-live-messages.ts'
import { type MessageFilters, queryOf, useMessageFilters } from '../message-filters.ts'
import { FilterBar } from './filter-bar.tsx'
import { MessageTable } from './message-table.tsx'

/** The messages of all customers, as they come. */
export function MessageListScreen() {
  const filters = useMessageFilters()
  const live = useLiveMessages({ key: [filters.values], query: () => queryOf(filters.values) })
  const { query, items } = live
  return (
    <div className="stack">
      <ScreenHeader title={t('messages.title')} />
      <FilterBar filters={filters} />
      <div role="status">
        {live.arrivedCount > 0 && (
          <Button kind="primary" size="small" onClick={live.showArrived}>
            {t('messages.arrived', { n: live.arrivedCount })}
          </Button>
        )}
      </div>
      {query.hasPreviousPage && (
        <Button
          disabled={query.isFetchingPreviousPage}
          onClick={() => void query.fetchPreviousPage()}
        >
          {t('messages.newer')}
        </Button>
      )}
      <QueryView query={query}>
        {({ pages }) => (
          <>
            {items.length > 0 ? (
              <div className="card card-flush">
                <MessageTable messages={items} />
              </div>
            ) : (
              <NoMessages filters={filters} isWhole={!query.hasNextPage} />
            )}
            <Older query={query} searchedTo={searchedTo(pages.at(-1))} />
          </>
        )}
      </QueryView>
    </div>
  )
}

interface Searched {
  readonly data: readonly unknown[]
  readonly iterator: string | null
}

const FULL = 50

/** Where a search that found less than a page stands; null where the page is full. */
function searchedTo(last: Searched | undefined): string | null {
  if (last === undefined || last.iterator === null || last.data.length >= FULL) return null
  return idTime(last.iterator)
}

interface OlderProps {
  readonly query: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => unknown
  }
  readonly searchedTo: string | null
}

function Older({ query, searchedTo }: OlderProps) {
  if (!query.hasNextPage) return null
  const label = searchedTo === null ? t('list.more') : t('messages.goOn')
  return (
    <div className="row">
      {searchedTo !== null && <p>{t('messages.searchedTo', { time: formatTime(searchedTo) })}</p>}
      <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {label}
      </Button>
    </div>
  )
}

interface NoMessagesProps {
  readonly filters: MessageFilters
  /** All there is was searched. */
  readonly isWhole: boolean
}

function NoMessages({ filters, isWhole }: NoMessagesProps) {
  const { active, clear } = filters
  if (active.length === 0)
    return (
      <div className="card">
        <Empty title={t('messages.empty')}>
          <p>{t('messages.empty.text')}</p>
        </Empty>
      </div>
    )
  const names = active.map((name) => t(`messages.filter.${name}`)).join(', ')
  return (
    <div className="card">
      <Empty title={t(isWhole ? 'messages.emptyFiltered' : 'messages.emptySoFar')}>
        <p>{t('messages.emptyFiltered.text', { filters: names })}</p>
        <Button onClick={clear}>{t('list.clear')}</Button>
      </Empty>
    </div>
  )
}
