import type { MessageAttemptOut, MessageOut } from '@posthorn/contracts'
import { causeHint, causeSentence, formatMs, formatUtc } from '@posthorn/ui'
import { t } from '../../lib/text.ts'
import type { Delivery } from './api/use-message.ts'

export interface TicketInput {
  readonly message: MessageOut
  readonly appId: string
  readonly appName: string | null
  readonly deliveries: readonly Delivery[]
  /** Newest first. */
  readonly attempts: readonly MessageAttemptOut[]
}

/** What happened, for the customer to read: plain text, times in UTC, nothing of payloads or headers. */
export function ticketSummary(input: TicketInput): string {
  const { message, deliveries, attempts } = input
  const parts = deliveries.map((delivery) =>
    describeDelivery(
      delivery,
      attempts.filter(({ endpointId }) => endpointId === delivery.endpoint.id),
    ),
  )
  if (parts.length === 0)
    parts.push([
      message.unmatched === null
        ? t('messages.noDelivery')
        : t(`unmatched.${message.unmatched}.text`),
    ])
  return [describeMessage(input), ...parts, [t('ticket.webhookId', { id: message.id })]]
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

function describeMessage({ message, appId, appName }: TicketInput): string[] {
  return [
    t('ticket.message', { type: message.eventType, id: message.id }),
    ...(message.eventId == null ? [] : [t('ticket.eventId', { id: message.eventId })]),
    t('ticket.application', { name: appName ?? appId, id: appId }),
    t('ticket.published', { time: formatUtc(message.timestamp) }),
  ]
}

/** Of one endpoint, its attempts newest first. */
function describeDelivery(
  { endpoint, state }: Delivery,
  attempts: readonly MessageAttemptOut[],
): string[] {
  const { scheduled, manual } = state ?? { scheduled: null, manual: null }
  const status = scheduled?.statusText ?? (manual === null ? endpoint.statusText : null)
  return [
    endpoint.url,
    ...(status === null ? [] : [t(`ticket.status.${status}`)]),
    ...(endpoint.disabled ? [t('messages.endpointDisabled')] : []),
    ...describeAttempts(attempts),
    ...(endpoint.nextAttempt == null
      ? []
      : [t('ticket.next', { time: formatUtc(endpoint.nextAttempt) })]),
    ...(manual === null ? [] : [t(`ticket.byHand.${manual.statusText}`)]),
  ]
}

function describeAttempts(attempts: readonly MessageAttemptOut[]): string[] {
  const [last] = attempts
  const first = attempts.at(-1)
  if (last === undefined || first === undefined) return [t('ticket.noAttempt')]
  const lastFailed = attempts.find(({ statusText }) => statusText !== 'success')
  return [
    t('ticket.attempts', {
      n: attempts.length,
      first: formatUtc(first.timestamp),
      last: formatUtc(last.timestamp),
    }),
    ...(lastFailed === undefined ? [] : describeFailure(lastFailed)),
    ...(last.statusText === 'success'
      ? [t('ticket.succeeded', { ...valuesOf(last), code: last.responseStatusCode })]
      : []),
  ]
}

function describeFailure(attempt: MessageAttemptOut): string[] {
  const hint = causeHint(attempt)
  const values = { ...valuesOf(attempt), cause: causeSentence(attempt) }
  const sentence =
    attempt.responseStatusCode === 0
      ? t('ticket.failedUnanswered', values)
      : t('ticket.failed', { ...values, code: attempt.responseStatusCode })
  return [sentence, ...(hint === null ? [] : [t('ticket.hint', { hint })])]
}

function valuesOf({ timestamp, responseDurationMs }: MessageAttemptOut) {
  return { time: formatUtc(timestamp), took: formatMs(responseDurationMs) }
}
