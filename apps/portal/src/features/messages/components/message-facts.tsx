import type { MessageOut } from '@posthorn/contracts'
import { Copyable, TimeAndUtc, VisibleText } from '@posthorn/ui'
import type { ReactNode } from 'react'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

/** What a message is known by: of what type, whose, when, and how long its payload stays. */
export function MessageFacts({ message }: { readonly message: MessageOut }) {
  const { eventId, publisher, payloadKeptUntil } = message
  const labels = [...(message.channels ?? []), ...(message.tags ?? [])]
  return (
    <header className="stack stack-small">
      <h1>
        <VisibleText text={message.eventType} />
      </h1>
      <dl className="facts">
        <Fact name={t('messages.column.type')}>
          <Link to={`/event-types/${encodeURIComponent(message.eventType)}`}>
            {t('message.inCatalog')}
          </Link>
        </Fact>
        <Fact name={t('message.id')}>
          <Copyable what={t('message.id')} text={message.id} />
        </Fact>
        {eventId != null && (
          <Fact name={t('messages.column.eventId')}>
            <Copyable what={t('messages.column.eventId')} text={eventId} />
          </Fact>
        )}
        <Fact name={t('messages.column.at')}>
          <TimeAndUtc at={message.timestamp} />
        </Fact>
        {publisher != null && (
          <Fact name={t('message.publisher')}>{t(`publisher.${publisher.kind}`)}</Fact>
        )}
        {payloadKeptUntil != null && (
          <Fact name={t('message.keptUntil')}>
            <TimeAndUtc at={payloadKeptUntil} />
          </Fact>
        )}
        {labels.length > 0 && <Fact name={t('messages.column.labels')}>{labels.join(', ')}</Fact>}
      </dl>
    </header>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
