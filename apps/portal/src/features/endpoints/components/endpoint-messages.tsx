import type { EndpointMessageOut } from '@posthorn/contracts'
import {
  deliveryCause,
  DeliveryStatus,
  openEnd,
  Time,
  useLiveList,
  VisibleText,
} from '@posthorn/ui'
import { NumberCell, ResponseCell } from '../../../components/attempt-cells.tsx'
import { useListFilters } from '../../../components/list-filters.tsx'
import { LogList } from '../../../components/log-list.tsx'
import { LogTable } from '../../../components/log-table.tsx'
import { EventIdCell, MessageCell } from '../../../components/message-cells.tsx'
import { useClient } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import type { Delivery } from '../../../lib/use-replay.ts'
import type { LogViewProps } from './endpoint-log.tsx'
import { SentAgain } from './sent-again.tsx'
import { useSentAgain } from './use-sent-again.ts'

const STATUSES = ['2', '3', '1', '0', '4'] as const
const OPEN: readonly string[] = ['pending', 'sending']

type Listed = EndpointMessageOut & Delivery

/** One row for each message, with how its delivery to this endpoint stands. */
export function EndpointMessages(props: LogViewProps) {
  const { endpointId, endpointUrl, onRecoverSince, ...rest } = props
  const client = useClient()
  const filters = useListFilters()
  const sentAgain = useSentAgain()
  const live = useLiveList({
    queryKey: ['endpoint-messages', endpointId, filters.values],
    fetchPage: async (iterator, signal) => {
      const { status_code_class: _code, cause: _cause, ...query } = filters.query()
      const asked = { ...query, ...openEnd(query, iterator), expanded_statuses: true }
      const page = { limit: 50, iterator, with_content: false }
      const found = await client.endpoints.messages(endpointId, { ...asked, ...page }, { signal })
      return { ...found, data: found.data.map((one) => ({ ...one, msgId: one.id, endpointId })) }
    },
    isOpen: ({ id, statusText }) =>
      OPEN.includes(statusText) || (statusText !== 'success' && sentAgain.has(id)),
  })
  const onReplayed = sentAgain.add
  return (
    <LogList
      {...{ live, endpointId, filters, onReplayed, ...rest }}
      statuses={STATUSES}
      emptyText={t('log.none')}
      renderTable={(selection) => (
        <LogTable
          of="messages"
          rows={live.items}
          columns={[
            t('log.outcome'),
            t('attempts.column.message'),
            t('messages.column.eventId'),
            t('attempts.column.attempt'),
            t('attempts.column.response'),
            t('messages.column.at'),
          ]}
          renderCells={(message) => (
            <MessageCells {...{ message, endpointUrl }} isAgain={sentAgain.has(message.id)} />
          )}
          selection={selection}
          onReplayed={onReplayed}
          onRecoverSince={({ timestamp }) => onRecoverSince(timestamp)}
        />
      )}
    />
  )
}

interface MessageCellsProps extends Pick<LogViewProps, 'endpointUrl'> {
  readonly message: Listed
  readonly isAgain: boolean
}

function MessageCells({ message, endpointUrl, isAgain }: MessageCellsProps) {
  const { statusText, nextAttempt, timestamp, attempt, attemptsAtMost } = message
  const cause = deliveryCause(message, endpointUrl)
  return (
    <>
      <td>
        <DeliveryStatus status={statusText} />
        {cause !== null && (
          <div className="small soft">
            <VisibleText text={cause} />
          </div>
        )}
        {nextAttempt != null && (
          <div className="small soft">
            {t('log.next')} <Time at={nextAttempt} />
          </div>
        )}
        {isAgain && <SentAgain delivery={message} statusText={statusText} />}
      </td>
      <MessageCell message={message} to={`/messages/${message.id}`} />
      <EventIdCell eventId={message.eventId} />
      {attempt == null ? (
        <>
          <td className="cell-none">–</td>
          <td className="cell-none">–</td>
        </>
      ) : (
        <>
          <NumberCell attempt={attempt} atMost={attemptsAtMost} />
          <ResponseCell attempt={attempt} />
        </>
      )}
      <td>
        <Time at={timestamp} />
      </td>
    </>
  )
}
