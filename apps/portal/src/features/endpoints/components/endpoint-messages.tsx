import type { EndpointMessageOut } from '@posthorn/contracts'
import {
  DeliveryStatus,
  Empty,
  ListKeys,
  LiveList,
  openEnd,
  Time,
  useLiveList,
  useRowsInView,
} from '@posthorn/ui'
import type { ReactNode } from 'react'
import { More } from '../../../components/attempt-list.tsx'
import { ListFilters, useListFilters } from '../../../components/list-filters.tsx'
import { LogSection } from '../../../components/log-section.tsx'
import { EventIdCell, MessageCell } from '../../../components/message-cells.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { LIST_GO } from '../../../lib/list-go.ts'
import { t } from '../../../lib/text.ts'

const STATUSES = ['0', '3', '2'] as const
const OPEN: readonly string[] = ['pending', 'sending']

export interface EndpointMessagesProps {
  readonly endpointId: string
  readonly head: ReactNode
  /** Shown once the log is there. */
  readonly below: ReactNode
}

/** One row for each message, with how its delivery to this endpoint stands. */
export function EndpointMessages({ endpointId, head, below }: EndpointMessagesProps) {
  const client = useClient()
  const filters = useListFilters()
  const live = useLiveList({
    queryKey: ['endpoint-messages', endpointId, filters.values],
    fetchPage: (iterator, signal) => {
      const { status_code_class: _code, cause: _cause, ...query } = filters.query()
      const asked = { ...query, ...openEnd(query, iterator), expanded_statuses: true }
      const page = { limit: 50, iterator, with_content: false }
      return client.endpoints.messages(endpointId, { ...asked, ...page }, { signal })
    },
    isOpen: ({ statusText }) => OPEN.includes(statusText),
  })
  return (
    <LogSection {...{ live, below }}>
      {head}
      <ListFilters filters={filters} statuses={STATUSES} />
      <LiveList live={live}>
        <div className="card card-flush">
          <QueryView query={live.query}>
            {() =>
              live.items.length === 0 ? (
                <Empty title={t(filters.isActive ? 'list.filtered.title' : 'attempts.empty.title')}>
                  <p>{t('log.none')}</p>
                </Empty>
              ) : (
                <MessageTable messages={live.items} />
              )
            }
          </QueryView>
        </div>
      </LiveList>
      <More query={live.query} />
    </LogSection>
  )
}

function MessageTable({ messages }: { readonly messages: readonly EndpointMessageOut[] }) {
  const rows = useRowsInView(messages)
  return (
    <ListKeys go={LIST_GO}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('log.outcome')}</th>
            <th scope="col">{t('attempts.column.message')}</th>
            <th scope="col">{t('messages.column.eventId')}</th>
            <th scope="col">{t('messages.column.at')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((message) => (
            <MessageRow key={message.id} message={message} />
          ))}
        </tbody>
      </table>
    </ListKeys>
  )
}

function MessageRow({ message }: { readonly message: EndpointMessageOut }) {
  const { statusText, nextAttempt, timestamp } = message
  return (
    <tr>
      <td>
        <DeliveryStatus status={statusText} />
        {nextAttempt != null && (
          <div className="small soft">
            {t('log.next')} <Time at={nextAttempt} />
          </div>
        )}
      </td>
      <MessageCell message={message} to={`/messages/${message.id}`} />
      <EventIdCell eventId={message.eventId} />
      <td>
        <Time at={timestamp} />
      </td>
    </tr>
  )
}
