import type { ListedMessage, MessageFacts, MessageRow, Page } from '@posthorn/core'
import { idTimeMs } from '@posthorn/runtime'
import { pageText, withMember } from './json-text.ts'

/** The JSON text of a `MessageOut`; what became of it is in it where the list was asked for that. */
export function presentMessage(message: ListedMessage, withContent: boolean): string {
  const { deliveries } = message
  return presentWith({ deliveries }, message, withContent)
}

/** The JSON text of one message with who published it, and how long its payload stays. */
export function presentOneMessage(
  message: MessageRow,
  { publisher, payloadKeptUntil, payloadGone }: MessageFacts,
  withContent: boolean,
): string {
  const kept = payloadKeptUntil?.toISOString() ?? null
  const gone =
    payloadGone === null
      ? null
      : { rule: payloadGone.rule, at: payloadGone.at?.toISOString() ?? null }
  return presentWith({ publisher, payloadKeptUntil: kept, payloadGone: gone }, message, withContent)
}

function presentWith(more: object, message: MessageRow, withContent: boolean): string {
  const fields = { ...messageFields(message), ...receivedFields(message, withContent), ...more }
  return withMember(fields, 'payload', payloadText(message, withContent))
}

export function presentMessages(page: Page<ListedMessage>, withContent: boolean): string {
  return pageText(page, (message) => presentMessage(message, withContent))
}

/** All but the payload. */
export function messageFields(message: MessageRow) {
  return {
    id: message.id,
    eventType: message.eventType,
    eventId: message.eventId,
    channels: orNull(message.channels),
    tags: orNull(message.tags),
    deliverAt: null,
    timestamp: timeOfId('msg_', message.id),
    schemaErrors: message.schemaErrors,
    unmatched: message.unmatched,
  }
}

/** What stands beside `payload` where the body, received by a source, is no JSON object. */
export function receivedFields(
  { payload, payloadForm, contentType }: MessageRow,
  withContent: boolean,
) {
  if (!contentType && !payloadForm) return {}
  // What was made of another form is JSON.
  const said = { contentType: contentType ?? 'application/json' }
  if (!payloadForm || !withContent || payload === null) return said
  return payloadForm === 'base64'
    ? { ...said, payloadBase64: payload }
    : { ...said, payloadText: payload }
}

export function payloadText(message: MessageRow, withContent: boolean): string {
  if (!withContent) return '{}'
  if (message.payload === null) return '{"expired":true}'
  return message.payloadForm ? '{}' : message.payload
}

export function timeOfId(prefix: 'msg_' | 'atmpt_', id: string): string {
  return new Date(idTimeMs(prefix, id) ?? 0).toISOString()
}

function orNull(names: string[]): string[] | null {
  return names.length === 0 ? null : names
}
