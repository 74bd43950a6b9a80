import { memberText } from '@posthorn/client'
import type { MessageAttemptOut, MessageEndpointOut } from '@posthorn/contracts'
import { Badge, Empty, Time, type Tone, VisibleText } from '@posthorn/ui'
import {
  type MessageOf,
  useAttempts,
  useDeliveries,
  useMessageText,
} from '../api/source-queries.ts'
import { Bytes } from '../parts/bytes.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

/** The message that a request became, and each delivery's way to its outcome. */
export function Triggered(of: MessageOf) {
  const { QueryView, Link, messagePath } = useHost()
  const deliveries = useDeliveries(of)
  return (
    <>
      <section className="stack stack-small" aria-label={t('triggered')}>
        <div className="row row-between">
          <h2>{t('triggered')}</h2>
          {messagePath === null ? (
            <span className="mono soft">{of.messageId}</span>
          ) : (
            <Link className="mono" to={messagePath(of.messageId, of.appId)}>
              {of.messageId}
            </Link>
          )}
        </div>
        <div className="card card-flush">
          <QueryView query={deliveries}>
            {(found) =>
              found.length === 0 ? (
                <Empty title={t('triggered.none')}>
                  <p>{t('triggered.none.text')}</p>
                </Empty>
              ) : (
                <Deliveries deliveries={found} of={of} />
              )
            }
          </QueryView>
        </div>
      </section>
      <Payload {...of} />
    </>
  )
}

interface DeliveriesProps {
  readonly deliveries: readonly MessageEndpointOut[]
  readonly of: MessageOf
}

function Deliveries({ deliveries, of }: DeliveriesProps) {
  const attempts = useAttempts(of)
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('triggered.endpoint')}</th>
          <th scope="col">{t('triggered.status')}</th>
          <th scope="col">{t('triggered.attempts')}</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <Delivery
            key={delivery.id}
            delivery={delivery}
            attempts={(attempts.data ?? []).filter(({ endpointId }) => endpointId === delivery.id)}
          />
        ))}
      </tbody>
    </table>
  )
}

const TONES: Readonly<Record<MessageEndpointOut['statusText'], Tone>> = {
  success: 'good',
  pending: 'idle',
  sending: 'warn',
  fail: 'bad',
  canceled: 'idle',
}

interface DeliveryProps {
  readonly delivery: MessageEndpointOut
  readonly attempts: readonly MessageAttemptOut[]
}

function Delivery({ delivery, attempts }: DeliveryProps) {
  const { url, statusText, nextAttempt } = delivery
  return (
    <tr>
      <td>
        <VisibleText text={url} />
      </td>
      <td>
        <Badge tone={TONES[statusText]}>{t(`status.${statusText}`)}</Badge>
        {nextAttempt != null && (
          <div className="small soft">
            {t('triggered.next')} <Time at={nextAttempt} />
          </div>
        )}
      </td>
      <td>
        {attempts.length === 0 ? (
          '–'
        ) : (
          <ul className="plain-list">
            {attempts.map((attempt) => (
              <li key={attempt.id}>
                {attempt.responseStatusCode === 0 ? t('attempt.none') : attempt.responseStatusCode}
                {' · '}
                {t('test.ms', { n: attempt.responseDurationMs })}
                {' · '}
                <Time at={attempt.timestamp} />
              </li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  )
}

/** As it was stored, byte for byte. */
function Payload(of: MessageOf) {
  const { QueryView } = useHost()
  const query = useMessageText(of)
  return (
    <QueryView query={query}>
      {(text) => (
        <section className="card">
          <Bytes label={t('request.body')} text={bodyOf(text)} />
        </section>
      )}
    </QueryView>
  )
}

function bodyOf(messageText: string): string {
  const { payloadText, payloadBase64 }: Record<string, unknown> = Object(JSON.parse(messageText))
  if (typeof payloadText === 'string') return payloadText
  if (typeof payloadBase64 === 'string') return payloadBase64
  return memberText(messageText, 'payload') ?? ''
}
