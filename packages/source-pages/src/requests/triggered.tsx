import type { MessageAttemptOut, MessageEndpointOut } from '@posthorn/contracts'
import { DeliveryStatus, Empty, formatMs, Time, VisibleText } from '@posthorn/ui'
import { type MessageOf, useAttempts, useDeliveries } from '../api/source-queries.ts'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

/** The message that a request became, and each delivery's way to its outcome. */
export function Triggered(of: MessageOf) {
  const { QueryView, Link, messagePath } = useHost()
  const deliveries = useDeliveries(of)
  return (
    <section className="stack stack-small" aria-label={t('triggered')}>
      <div className="row row-between">
        <h2>{t('triggered')}</h2>
        <Link className="mono" to={messagePath(of.messageId, of.appId)}>
          {of.messageId}
        </Link>
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
        <DeliveryStatus status={statusText} />
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
                {formatMs(attempt.responseDurationMs)}
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
