import type { MessageRow, Page } from '@posthorn/core'
import { idTimeMs } from '@posthorn/runtime'
import { pageText, withMember } from './json-text.ts'

/** The JSON text of a `MessageOut`. */
export function presentMessage(message: MessageRow, withContent: boolean): string {
  return withMember(messageFields(message), 'payload', payloadText(message, withContent))
}

export function presentMessages(page: Page<MessageRow>, withContent: boolean): string {
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

export function payloadText(message: MessageRow, withContent: boolean): string {
  if (!withContent) return '{}'
  return message.payload ?? '{"expired":true}'
}

export function timeOfId(prefix: 'msg_' | 'atmpt_', id: string): string {
  return new Date(idTimeMs(prefix, id) ?? 0).toISOString()
}

function orNull(names: string[]): string[] | null {
  return names.length === 0 ? null : names
}
