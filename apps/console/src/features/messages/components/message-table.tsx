import { Badge, DeliveryCounts, VisibleText } from '@posthorn/ui'
import type { KeyboardEvent } from 'react'
import { Time } from '../../../components/time.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import type { ListedMessage } from '../api/fetch-messages.ts'

export function MessageTable({ messages }: { readonly messages: readonly ListedMessage[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('messages.message')}</th>
          <th scope="col">{t('messages.application')}</th>
          <th scope="col">{t('messages.eventId')}</th>
          <th scope="col">{t('messages.deliveries')}</th>
          <th scope="col">{t('messages.when')}</th>
        </tr>
      </thead>
      <tbody onKeyDown={walk}>
        {messages.map((message) => (
          <MessageRow key={message.id} message={message} />
        ))}
      </tbody>
    </table>
  )
}

const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

/** From row to row, while one of them has the focus. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-row]')]
  const row = document.activeElement?.closest('tr')
  const at = links.findIndex((link) => link.closest('tr') === row)
  const next = links[at + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

function MessageRow({ message }: { readonly message: ListedMessage }) {
  return (
    <tr>
      <td>
        <Link className="strong-link" data-row="" to={`/messages/${message.appId}/${message.id}`}>
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
