import { Button, Empty, formatTime, LiveList, useLiveList } from '@posthorn/ui'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { idTime } from '../../../lib/id-time.ts'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { fetchMessages } from '../api/fetch-messages.ts'
import { type MessageFilters, queryOf, useMessageFilters } from '../message-filters.ts'
import { FilterBar } from './filter-bar.tsx'
import { MessageTable } from './message-table.tsx'

/** The messages of all customers, as they come. */
export function MessageListScreen() {
  const filters = useMessageFilters()
  const transport = useTransport()
  const live = useLiveList({
    queryKey: ['support-messages', filters.values],
    // Filters that count from now are counted at each look.
    fetchPage: (iterator, signal) =>
      fetchMessages(transport, { query: queryOf(filters.values), iterator, signal }),
    isOpen: ({ deliveries }) => deliveries.pending > 0,
  })
  const { query, items } = live
  return (
    <div className="stack">
      <ScreenHeader title={t('messages.title')} />
      <FilterBar filters={filters} />
      <LiveList live={live}>
        <QueryView query={query}>
          {() =>
            items.length > 0 ? (
              <div className="card card-flush">
                <MessageTable messages={items} />
              </div>
            ) : (
              <NoMessages filters={filters} isWhole={!query.hasNextPage} />
            )
          }
        </QueryView>
      </LiveList>
      <Older query={query} searchedTo={searchedTo(query.data?.pages.at(-1))} />
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
