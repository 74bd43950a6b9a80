import type { MessageOut } from '@posthorn/contracts'
import {
  Badge,
  DeliveryCounts,
  Empty,
  ListKeys,
  LiveList,
  openEnd,
  Time,
  useLiveList,
  useRowsInView,
} from '@posthorn/ui'
import { FilteredEmpty } from '../../../components/filtered-empty.tsx'
import {
  ListFilters,
  type ListFiltersState,
  useListFilters,
} from '../../../components/list-filters.tsx'
import { EventIdCell, MessageCell } from '../../../components/message-cells.tsx'
import { More } from '../../../components/more.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { LIST_GO } from '../../../lib/list-go.ts'
import { PageName } from '../../../lib/page-name.tsx'
import { usePlace } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { FindMessage } from './find-message.tsx'

const STATUSES = ['2', '3', '1', '0', '4'] as const

export function MessageListPage() {
  const client = useClient()
  const filters = useListFilters()
  const live = useLiveList({
    queryKey: ['messages', filters.values],
    fetchPage: (iterator, signal) => {
      const query = { ...filters.query(), expanded_statuses: true }
      const asked = { limit: 50, iterator, with_content: false, with_deliveries: true }
      return client.messages.list({ ...query, ...openEnd(query, iterator), ...asked }, { signal })
    },
    isOpen: ({ deliveries }) => (deliveries?.pending ?? 0) + (deliveries?.retrying ?? 0) > 0,
  })
  return (
    <div className="stack">
      <h1>
        <PageName of="messages" />
      </h1>
      <FindMessage />
      <ListFilters filters={filters} statuses={STATUSES} />
      <LiveList live={live}>
        <div className="card card-flush">
          <QueryView query={live.query}>
            {() =>
              live.items.length === 0 ? (
                <NoMessages filters={filters} />
              ) : (
                <MessageTable messages={live.items} />
              )
            }
          </QueryView>
        </div>
      </LiveList>
      <More query={live.query} />
    </div>
  )
}

function NoMessages({ filters }: { readonly filters: ListFiltersState }) {
  if (filters.isActive) return <FilteredEmpty filters={filters} />
  return (
    <Empty title={t('messages.empty.title')}>
      <p>{t('messages.empty.text')}</p>
    </Empty>
  )
}

function MessageTable({ messages }: { readonly messages: readonly MessageOut[] }) {
  const rows = useRowsInView(messages)
  const { search } = usePlace()
  const filters = search.size === 0 ? '' : `?${search}`
  return (
    <ListKeys go={LIST_GO}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('messages.column.type')}</th>
            <th scope="col">{t('messages.column.eventId')}</th>
            <th scope="col">{t('messages.column.deliveries')}</th>
            <th scope="col">{t('messages.column.labels')}</th>
            <th scope="col">{t('messages.column.at')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((message) => (
            <MessageRow key={message.id} message={message} filters={filters} />
          ))}
        </tbody>
      </table>
    </ListKeys>
  )
}

interface MessageRowProps {
  readonly message: MessageOut
  /** Of this list, so that its message leads on to those beside it. */
  readonly filters: string
}

function MessageRow({ message, filters }: MessageRowProps) {
  const labels = [...(message.channels ?? []), ...(message.tags ?? [])]
  return (
    <tr>
      <MessageCell message={message} to={`/messages/${message.id}${filters}`} />
      <EventIdCell eventId={message.eventId} />
      <td>
        {message.unmatched === null ? (
          <DeliveryCounts counts={message.deliveries ?? {}} />
        ) : (
          <Badge tone="idle">{t(`unmatched.${message.unmatched}`)}</Badge>
        )}
      </td>
      <td className={labels.length === 0 ? 'cell-none' : ''}>
        {labels.length === 0 ? '–' : labels.join(', ')}
      </td>
      <td>
        <Time at={message.timestamp} />
      </td>
    </tr>
  )
}
