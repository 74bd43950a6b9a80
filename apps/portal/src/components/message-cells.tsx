import { VisibleText } from '@posthorn/ui'
import { Link } from '../lib/router.tsx'

interface MessageCellProps {
  readonly message: { readonly id: string; readonly eventType: string }
  /** Its own page. */
  readonly to: string
}

/** Of a row: what was sent, by its type and id. */
export function MessageCell({ message, to }: MessageCellProps) {
  return (
    <td>
      <Link className="strong-link" to={to}>
        <VisibleText text={message.eventType} />
      </Link>
      <div className="mono soft small">{message.id}</div>
    </td>
  )
}

export function EventIdCell({ eventId }: { readonly eventId: string | null | undefined }) {
  return (
    <td className={eventId == null ? 'cell-none' : 'mono'}>
      {eventId == null ? '–' : <VisibleText text={eventId} />}
    </td>
  )
}
