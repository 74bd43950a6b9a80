import { byteaArray, float8Array, int4Array, textArray } from './binary-array.ts'
import type { NewMessage } from './insert-messages.ts'

/** One column of the batch: how its statement names it, and the array that holds it. */
export interface InsertColumn {
  readonly name: string
  readonly type: 'text' | 'bytea' | 'float8' | 'integer'
  readonly encode: (messages: readonly NewMessage[]) => Buffer
}

type ValueOf<Value> = (message: NewMessage) => Value | null

export function text(name: string, valueOf: ValueOf<string>): InsertColumn {
  return { name, type: 'text', encode: (messages) => textArray(messages.map(valueOf)) }
}

export function bytea(name: string, valueOf: ValueOf<Uint8Array>): InsertColumn {
  return { name, type: 'bytea', encode: (messages) => byteaArray(messages.map(valueOf)) }
}

export function float8(name: string, valueOf: ValueOf<number>): InsertColumn {
  return { name, type: 'float8', encode: (messages) => float8Array(messages.map(valueOf)) }
}

export function integer(name: string, valueOf: ValueOf<number>): InsertColumn {
  return { name, type: 'integer', encode: (messages) => int4Array(messages.map(valueOf)) }
}

export const MESSAGE_COLUMNS: readonly InsertColumn[] = [
  text('id', (m) => m.id),
  text('app_id', (m) => m.appId),
  text('app_version', (m) => m.appVersion),
  text('event_type', (m) => m.eventType),
  text('channels', (m) => arrayLiteral(m.channels)),
  text('tags', (m) => arrayLiteral(m.tags)),
  text('payload', (m) => m.payload),
  float8('payload_seconds', (m) => m.payloadSeconds),
  text('schema_errors', (m) => m.schemaErrors),
  text('unmatched', (m) => m.unmatched),
  text('publisher', (m) => m.publisher),
]

/** What a publisher tells its messages apart by. */
export const TOLD_APART_COLUMNS: readonly InsertColumn[] = [
  text('event_id', (m) => m.eventId),
  bytea('key', (m) => m.idempotency?.key ?? null),
  bytea('body_hash', (m) => m.idempotency?.bodyHash ?? null),
]

// `unnest` flattens nested arrays, so lists inside a row travel as array literals.
function arrayLiteral(values: readonly string[]): string {
  if (values.length === 0) return '{}'
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}
