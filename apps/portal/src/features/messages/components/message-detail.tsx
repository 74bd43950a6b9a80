import type { MessageAttemptOut, MessageOut } from '@posthorn/contracts'
import {
  AttemptDetail,
  Empty,
  FullTime,
  isExpired,
  isPastAttempt,
  MessagePayload,
  Notice,
  VisibleText,
} from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { AttemptTable } from '../../../components/attempt-table.tsx'
import { CauseRemedy } from '../../../components/cause-remedy.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { CopyCurl } from '../../../components/copy-curl.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { Link, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useDestinations, useMessageAttempts } from '../api/message-queries.ts'
import { DeliveryCard } from './delivery-card.tsx'
import { MessageSteps } from './message-steps.tsx'

export function MessagePage({ id }: { readonly id: string }) {
  const client = useClient()
  const query = useQuery({
    queryKey: ['message', id],
    queryFn: ({ signal }) => client.messages.get(id, { signal }),
  })
  const attempts = useMessageAttempts(id)
  return (
    <div className="stack">
      <MessageSteps
        messageId={query.data?.message.id ?? ''}
        attempts={attempts.data?.data ?? []}
        isExpired={query.data === undefined || isExpired(query.data.payloadText)}
      />
      {query.data === undefined && (
        <h1 className="visually-hidden">{t('attempts.column.message')}</h1>
      )}
      <QueryView query={query}>
        {({ message, payloadText }) => (
          <div className="stack">
            <Header message={message} />
            <Deliveries message={message} isExpired={isExpired(payloadText)} />
            <Attempts messageId={message.id} />
            <MessagePayload
              text={payloadText}
              message={message}
              label={t('message.payload')}
              expiredText={t('message.expired')}
            />
          </div>
        )}
      </QueryView>
    </div>
  )
}

function Header({ message }: { readonly message: MessageOut }) {
  const labels = [...(message.channels ?? []), ...(message.tags ?? [])]
  return (
    <header className="stack stack-small">
      <h1>
        <VisibleText text={message.eventType} />
      </h1>
      <dl className="facts">
        <dt>{t('messages.column.type')}</dt>
        <dd>
          <Link to={`/event-types/${encodeURIComponent(message.eventType)}`}>
            {t('message.inCatalog')}
          </Link>
        </dd>
        <dt>{t('message.id')}</dt>
        <dd className="row">
          <span className="mono">{message.id}</span>
          <CopyButton what={t('message.id')} text={() => message.id} />
        </dd>
        {message.eventId != null && (
          <>
            <dt>{t('messages.column.eventId')}</dt>
            <dd className="mono">
              <VisibleText text={message.eventId} />
            </dd>
          </>
        )}
        <dt>{t('messages.column.at')}</dt>
        <dd>
          <FullTime at={message.timestamp} />
        </dd>
        {labels.length > 0 && (
          <>
            <dt>{t('messages.column.labels')}</dt>
            <dd>{labels.join(', ')}</dd>
          </>
        )}
      </dl>
    </header>
  )
}

interface DeliveriesProps {
  readonly message: MessageOut
  readonly isExpired: boolean
}

function Deliveries({ message, isExpired }: DeliveriesProps) {
  const query = useDestinations(message.id)
  return (
    <section className="stack stack-small">
      <h2>{t('message.deliveries')}</h2>
      <QueryView query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Notice tone="idle">
              <p>
                {t(
                  message.unmatched === null
                    ? 'message.none'
                    : `unmatched.${message.unmatched}.text`,
                )}
              </p>
            </Notice>
          ) : (
            <div className="stack stack-small">
              {data.map((delivery) => (
                <DeliveryCard
                  key={delivery.id}
                  {...{ delivery, isExpired }}
                  messageId={message.id}
                />
              ))}
            </div>
          )
        }
      </QueryView>
    </section>
  )
}

function Attempts({ messageId }: { readonly messageId: string }) {
  const [chosen] = useSearchValue('attempt')
  const query = useMessageAttempts(messageId)
  return (
    <section className="stack stack-small">
      <h2>{t('attempts.title')}</h2>
      <div className="card card-flush">
        <QueryView query={query}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty title={t('attempts.empty.title')}>
                <p>{t('message.noAttempt')}</p>
              </Empty>
            ) : (
              <AttemptTable of="message" attempts={data} />
            )
          }
        </QueryView>
      </div>
      <Chosen messageId={messageId} attemptId={chosen} listed={query.data?.data ?? []} />
    </section>
  )
}

interface ChosenProps {
  readonly messageId: string
  readonly attemptId: string
  readonly listed: readonly MessageAttemptOut[]
}

/** The attempt that the URL names, else the newest. */
function Chosen({ messageId, attemptId, listed }: ChosenProps) {
  const client = useClient()
  const inList = listed.find(({ id }) => id === attemptId) ?? (attemptId === '' ? listed[0] : null)
  const id = inList?.id ?? attemptId
  // The list leaves out the request.
  const query = useQuery({
    queryKey: ['attempt', id],
    queryFn: ({ signal }) => client.attempts.get(messageId, id, { signal }),
    enabled: id !== '',
  })
  const destinations = useDestinations(messageId)
  const shown = query.data ?? inList ?? undefined
  if (shown === undefined) return null
  const others = { attempts: listed, destinations: destinations.data?.data }
  return (
    <div className="card stack" id="attempt">
      <div className="row row-between">
        <CopyCurl attempt={shown} />
        <CauseRemedy attempt={shown} />
      </div>
      <AttemptDetail attempt={shown} isPast={isPastAttempt(shown, others)} />
    </div>
  )
}
