import type { TaskDeliveryOut } from '@posthorn/contracts'
import type { ReactNode } from 'react'
import { causeSentence } from './cause.tsx'
import { formatMs } from './format-ms.ts'
import { MoreButton, NewerButton } from './more-button.tsx'
import { Time } from './time.tsx'
import type { useTaskDeliveries } from './use-task-deliveries.ts'
import { VisibleText } from './visible-text.tsx'
import { hasText, t } from './words.ts'

export interface TaskDeliveriesProps {
  /** Of `useTaskDeliveries`. */
  readonly query: ReturnType<typeof useTaskDeliveries>
  /** Leads to the message. */
  readonly renderMessage: (delivery: TaskDeliveryOut) => ReactNode
  /** Of a task over many endpoints: leads to the one that it was sent to. */
  readonly renderEndpoint?: ((delivery: TaskDeliveryOut) => ReactNode) | undefined
}

/** The messages that a task sent and that came to the same, the newest first. */
export function TaskDeliveries({ query, renderMessage, renderEndpoint }: TaskDeliveriesProps) {
  const rows = query.data?.pages.flatMap((page) => page.data) ?? []
  if (rows.length === 0) return <p className="small">{t('taskDelivery.none')}</p>
  return (
    <div className="stack stack-small">
      {query.hasPreviousPage && (
        <div className="row">
          <NewerButton size="small" query={query} label={t('live.newer')} />
        </div>
      )}
      <div className="card card-flush">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('taskDelivery.message')}</th>
              {renderEndpoint !== undefined && <th scope="col">{t('taskDelivery.endpoint')}</th>}
              <th scope="col">{t('taskDelivery.result')}</th>
              <th scope="col">{t('taskDelivery.when')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((delivery) => (
              <tr key={`${delivery.messageId}${delivery.endpointId}`}>
                <td>
                  {renderMessage(delivery)}
                  <div className="mono soft small">{delivery.messageId}</div>
                </td>
                {renderEndpoint !== undefined && <td>{renderEndpoint(delivery)}</td>}
                <td>
                  <VisibleText text={resultOf(delivery)} />
                </td>
                <td>
                  <Time at={delivery.attempt?.timestamp ?? delivery.timestamp} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <MoreButton query={query} label={t('taskDelivery.more')} />
    </div>
  )
}

function resultOf({ outcome, cause, attempt }: TaskDeliveryOut): string {
  if (outcome === 'canceled') {
    const key = `canceled.${cause}`
    return hasText(key) ? t(key) : t('canceled')
  }
  if (attempt === null) return t(`taskDelivery.${outcome}`)
  if (attempt.statusText !== 'success') return causeSentence(attempt)
  return `${attempt.responseStatusCode} · ${formatMs(attempt.responseDurationMs)}`
}
