import type {
  AttemptOutcome,
  AttemptRequest,
  AttemptTiming,
  MessageAttemptOut,
  MessageEndpointOut,
  NewestAttempt as NewestAttemptOut,
} from '@posthorn/contracts'
import { isSensitiveHeader } from '@posthorn/contracts/header-rule'
import type {
  AttemptedEndpoint,
  AttemptedMessage,
  AttemptRecord,
  ListedAttempt,
  NewestAttempt,
  Page,
  SentRequest,
} from '@posthorn/core'
import { remoteAddressOf } from './attempt-trace-presenter.ts'
import { presentStatus } from './delivery-status.ts'
import { pageText, withMember } from './json-text.ts'
import {
  messageFields,
  payloadText,
  presentMessage,
  receivedFields,
  timeOfId,
} from './message-presenter.ts'

export function presentAttempt(attempt: AttemptRecord): MessageAttemptOut {
  return {
    ...presentNewestAttempt(attempt),
    endpointId: attempt.endpointId,
    response: attempt.responseBody ?? '',
    timing: presentTiming(attempt.timing),
    remoteAddress: remoteAddressOf(attempt),
    responseHeaders: textRecord(attempt.responseHeaders),
    nextAttempt: attempt.nextAttemptAt?.toISOString() ?? null,
  }
}

/** As much of an attempt as tells how it went. */
export function presentNewestAttempt(attempt: NewestAttempt): NewestAttemptOut {
  return {
    id: attempt.id,
    msgId: attempt.messageId,
    url: attempt.url,
    responseStatusCode: attempt.responseStatus,
    responseDurationMs: attempt.durationMs,
    ...presentStatus(attempt.success ? 'delivered' : 'failed', false),
    triggerType: attempt.trigger === 'manual' ? 1 : 0,
    attemptNumber: attempt.number,
    timestamp: timeOfId('atmpt_', attempt.id),
    outcome: presentOutcome(attempt),
  }
}

export function presentRequest(request: SentRequest | null): AttemptRequest | null {
  if (request === null) return null
  const { url, headers, hasCustomHeaders, bodyBytes } = request
  const isWithheld = (name: string) => name.endsWith('-signature') || isSensitiveHeader(name)
  return {
    method: 'POST',
    url,
    headers: Object.fromEntries(headers.filter(([name]) => !isWithheld(name))),
    withheld: headers.map(([name]) => name).filter(isWithheld),
    hasCustomHeaders,
    bodyBytes,
  }
}

export function presentAttempts(page: Page<ListedAttempt>, withContent: boolean): string {
  return pageText(page, ({ attempt, message, attemptsAtMost }) => {
    const fields = { ...presentAttempt(attempt), attemptsAtMost }
    if (message === null) return JSON.stringify(fields)
    return withMember(fields, 'msg', presentMessage(message, withContent))
  })
}

function presentOutcome({ code, params }: NewestAttempt): AttemptOutcome {
  const entries = Object.entries(Object(params)).filter(isShown)
  return { code: code ?? 'delivered', params: Object.fromEntries(entries) }
}

function isShown(entry: [string, unknown]): entry is [string, string | number | boolean] {
  return ['string', 'number', 'boolean'].includes(typeof entry[1])
}

function presentTiming(timing: unknown): AttemptTiming {
  const phases = new Map(Object.entries(Object(timing)))
  const ms = (phase: keyof AttemptTiming) => {
    const value = phases.get(phase)
    return typeof value === 'number' ? value : null
  }
  return {
    dnsMs: ms('dnsMs'),
    connectMs: ms('connectMs'),
    tlsMs: ms('tlsMs'),
    waitMs: ms('waitMs'),
    bodyMs: ms('bodyMs'),
  }
}

function textRecord(value: unknown): Record<string, string> | null {
  if (value === null || value === undefined) return null
  return Object.fromEntries(Object.entries(Object(value)).map(([key, item]) => [key, String(item)]))
}

interface Shown {
  readonly withContent: boolean
  readonly isExpanded: boolean
}

/** The JSON text of a list of `EndpointMessageOut`. */
export function presentAttemptedMessages(page: Page<AttemptedMessage>, shown: Shown): string {
  return pageText(page, ({ message, delivery, attempt, attemptsAtMost }) => {
    const fields = {
      ...messageFields(message),
      ...receivedFields(message, shown.withContent),
      ...presentStatus(delivery.progress, shown.isExpanded),
      cause: delivery.progress === 'delivered' ? null : delivery.cause,
      ...(delivery.nextAttemptAt === null
        ? {}
        : { nextAttempt: delivery.nextAttemptAt.toISOString() }),
      attempt: attempt === null ? null : presentNewestAttempt(attempt),
      attemptsAtMost,
    }
    return withMember(fields, 'payload', payloadText(message, shown.withContent))
  })
}

/** The JSON text of a list of `MessageEndpointOut`. */
export function presentAttemptedEndpoints(page: Page<AttemptedEndpoint>): string {
  return pageText(page, (item) => JSON.stringify(presentAttemptedEndpoint(item)))
}

function presentAttemptedEndpoint({ endpoint, delivery }: AttemptedEndpoint): MessageEndpointOut {
  const eventTypes = orNoFilter(endpoint.eventTypes)
  return {
    id: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    uid: endpoint.uid,
    throttleRate: endpoint.throttleRate,
    rateLimit: endpoint.throttleRate,
    disabled: endpoint.disabled,
    eventTypes,
    filterTypes: eventTypes,
    channels: orNoFilter(endpoint.channels),
    version: Number(endpoint.version),
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
    ...presentStatus(delivery.progress, false),
    nextAttempt: delivery.nextAttemptAt?.toISOString() ?? null,
  }
}

function orNoFilter(names: string[]): string[] | null {
  return names.length === 0 ? null : names
}
