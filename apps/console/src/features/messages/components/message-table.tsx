import { Badge, DeliveryCounts, ListTable, VisibleText } from '@posthorn/ui'
import { Time } from '../../../components/time.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import type { ListedMessage } from '../api/fetch-messages.ts'

export function MessageTable({ messages }: { readonly messages: readonly ListedMessage[] }) {
  return (
    <ListTable>
      <thead>
        <tr>
          <th scope="col">{t('messages.message')}</th>
          <th scope="col">{t('messages.application')}</th>
          <th scope="col">{t('messages.eventId')}</th>
          <th scope="col">{t('messages.deliveries')}</th>
          <th scope="col">{t('messages.when')}</th>
        </tr>
      </thead>
      <tbody>
        {messages.map((message) => (
          <MessageRow key={message.id} message={message} />
        ))}
      </tbody>
    </ListTable>
  )
}

function MessageRow({ message }: { readonly message: ListedMessage }) {
  return (
    <tr>
      <td>
        <Link className="strong-link" to={`/messages/${message.appId}/${message.id}`}>
          <VisibleText text={message.eventType} />
        </Link>
        <div className="mono soft small">{message.id}</div>
      </td>
      <td>
        <Link to={`/applications/${message.appId}`}>
          <VisibleText text={message.appName} />
        </Link>
        {message.appUid !== null && <div className="mono soft small">{message.appUid}</div>}
      </td>
      <td className={message.eventId === null ? 'cell-none' : 'mono'}>
        {message.eventId === null ? '–' : <VisibleText text={message.eventId} />}
      </td>
      <td>
        <Counts message={message} />
      </td>
      <td>
        <Time at={message.timestamp} />
      </td>
    </tr>
  )
}

function Counts({ message: { deliveries, unmatched } }: { readonly message: ListedMessage }) {
  if (unmatched !== null) return <Badge tone="idle">{t(`unmatched.${unmatched}`)}</Badge>
  const isSent = Object.values(deliveries).some((count) => count > 0)
  if (!isSent) return <span className="soft">{t('messages.noDelivery')}</span>
  return <DeliveryCounts counts={deliveries} />
}
