import type { MessageAttemptOut, MessageOut } from '@posthorn/contracts'
import {
  AttemptDetail,
  Empty,
  isExpired,
  isPastAttempt,
  MessagePayload,
  Notice,
} from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { AttemptTable } from '../../../components/attempt-table.tsx'
import { CauseRemedy } from '../../../components/cause-remedy.tsx'
import { CopyCurl } from '../../../components/copy-curl.tsx'
import { EgressAddresses } from '../../../components/egress-addresses.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { Link, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import {
  useDestinations,
  useMessageAttempts,
  useSigningFingerprint,
} from '../api/message-queries.ts'
import { AttemptComparison } from './attempt-comparison.tsx'
import { AttemptScale } from './attempt-scale.tsx'
import { DeliveryCard } from './delivery-card.tsx'
import { MessageFacts } from './message-facts.tsx'
import { MessageSteps } from './message-steps.tsx'
import { SendTo } from './send-to.tsx'

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
            <MessageFacts message={message} />
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
        {({ data, done }) =>
          data.length === 0 ? (
            <Notice tone="idle">
              <p>
                {t(
                  message.unmatched === null
                    ? 'message.none'
                    : `unmatched.${message.unmatched}.text`,
                )}
              </p>
              <SendTo messageId={message.id} isExpired={isExpired} />
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
              {!done && <p className="soft">{t('message.deliveries.part', { n: data.length })}</p>}
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
      {query.data?.done === false && (
        <p className="soft">{t('message.attempts.part', { n: query.data.data.length })}</p>
      )}
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
  const fingerprint = useSigningFingerprint(shown)
  if (shown === undefined) return null
  const others = { attempts: listed, destinations: destinations.data?.data }
  return (
    <div className="card stack" id="attempt">
      <div className="row row-between">
        <CopyCurl attempt={shown} />
        <CauseRemedy attempt={shown} />
      </div>
      <AttemptScale chosen={shown} listed={listed} />
      <AttemptDetail
        attempt={shown}
        isPast={isPastAttempt(shown, others)}
        fingerprint={fingerprint}
        remedy={<EgressAddresses code={shown.outcome.code} />}
        taskLink={(taskId) => (
          <Link to={`/endpoints/${shown.endpointId}?task=${taskId}`}>{t('message.task')}</Link>
        )}
      />
      <AttemptComparison key={shown.id} attempt={shown} listed={listed} />
    </div>
  )
}
