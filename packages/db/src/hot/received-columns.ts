import { bytea, float8, type InsertColumn, integer, text } from './insert-columns.ts'

/**
 * What the insert of messages has more when a source received them: the body's content type, the key that
 * the same event is known by, and the record of the request. One statement, so a request that is
 * answered with success is a message, its deliveries and its record together, or none of them.
 */

/** Absent: a JSON object. `text`: any other text. `base64`: bytes that no text column holds. */
export type PayloadForm = 'text' | 'base64'

export interface ReceivedPart {
  readonly sourceId: string
  readonly requestId: string
  /** What a repetition has in common with the first one; null: nothing is known to repeat. */
  readonly key: Uint8Array | null
  readonly keySeconds: number
  readonly contentType: string
  readonly payloadForm: PayloadForm | null
  /** What came, where the payload was made from it; null: the payload is it. */
  readonly original: Uint8Array | null
  /** Of an accepted request: `released` from quarantine, `unverified`. */
  readonly reason: string | null
  readonly method: string
  readonly path: string
  readonly address: string
  readonly bodyBytes: number
  /** JSON text of an object, without credentials and signatures. */
  readonly headers: string
}

export const RECEIVED_COLUMNS: readonly InsertColumn[] = [
  text('source_id', (m) => m.received?.sourceId ?? null),
  text('request_id', (m) => m.received?.requestId ?? null),
  bytea('source_key', (m) => m.received?.key ?? null),
  float8('key_seconds', (m) => m.received?.keySeconds ?? null),
  text('content_type', (m) => m.received?.contentType ?? null),
  text('payload_form', (m) => m.received?.payloadForm ?? null),
  text('reason', (m) => m.received?.reason ?? null),
  text('method', (m) => m.received?.method ?? null),
  text('path', (m) => m.received?.path ?? null),
  text('address', (m) => m.received?.address ?? null),
  integer('body_bytes', (m) => m.received?.bodyBytes ?? null),
  text('headers', (m) => m.received?.headers ?? null),
  bytea('original', (m) => m.received?.original ?? null),
]
