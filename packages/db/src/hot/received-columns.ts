import { byteaArray, float8Array, int4Array, textArray } from './binary-array.ts'

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

export interface ReceivedSql {
  readonly arrays: string
  readonly names: string
  readonly fresh: string
  readonly keys: string
  readonly messageColumns: string
  readonly messageValues: string
  readonly condition: string
  readonly requests: string
  readonly stale: string
  readonly why: string
}

export const WITHOUT_RECEIVED: ReceivedSql = {
  arrays: '',
  names: '',
  fresh: '',
  keys: '',
  messageColumns: '',
  messageValues: '',
  condition: '',
  requests: '',
  stale: `'stale'`,
  why: '',
}

// Whoever asks for this may remember a source that is gone since.
const LIVES = `(i.source_id IS NULL OR (SELECT s.deleted_at IS NULL FROM source s WHERE s.id = i.source_id) IS TRUE)`

// A key past its time is taken over; two of one key in a batch: the first by id has it.
export const RECEIVED_SQL: ReceivedSql = {
  arrays: `, $23::text[], $24::text[], $25::bytea[], $26::float8[], $27::text[], $28::text[], $29::text[],
    $30::text[], $31::text[], $32::text[], $33::integer[], $34::text[], $35::bytea[]`,
  names: `, source_id, request_id, source_key, key_seconds, content_type, payload_form, reason,
          method, path, address, body_bytes, headers, original`,
  fresh: `
     AND ${LIVES}`,
  keys: `
source_keys AS (
  INSERT INTO source_key AS k (source_id, key, message_id, expires_at)
  SELECT DISTINCT ON (source_id, source_key)
         source_id, source_key, id, now() + key_seconds * interval '1 second'
    FROM fresh WHERE source_key IS NOT NULL ORDER BY source_id, source_key, id
  ON CONFLICT (source_id, key) DO UPDATE SET message_id = excluded.message_id, expires_at = excluded.expires_at
    WHERE k.expires_at <= now()
  RETURNING message_id
),`,
  messageColumns: ', content_type, payload_form, original',
  // What was made of another form is JSON; the request's record says what came.
  messageValues: ', CASE WHEN original IS NULL THEN content_type END, payload_form, original',
  condition: `
     AND (source_key IS NULL OR id IN (SELECT message_id FROM source_keys))`,
  requests: `
requests AS (
  INSERT INTO source_request (source_id, id, outcome, reason, message_id, event_type, method, path, address,
                              content_type, body_bytes, headers)
  SELECT source_id, request_id, 'accepted', reason, id, event_type, method, path, address,
         content_type, body_bytes, headers::jsonb
    FROM fresh WHERE source_id IS NOT NULL AND (id IN (SELECT id FROM stored)) IS TRUE
),`,
  stale: `CASE WHEN ${LIVES} THEN 'stale' ELSE 'source_gone' END`,
  why: `
            WHEN i.source_key IS NOT NULL AND i.id NOT IN (SELECT message_id FROM source_keys) THEN 'source_key_taken'`,
}

export function receivedColumns(
  messages: readonly { readonly received?: ReceivedPart }[],
): Buffer[] {
  const parts = messages.map((message) => message.received)
  return [
    textArray(parts.map((part) => part?.sourceId ?? null)),
    textArray(parts.map((part) => part?.requestId ?? null)),
    byteaArray(parts.map((part) => part?.key ?? null)),
    float8Array(parts.map((part) => part?.keySeconds ?? null)),
    textArray(parts.map((part) => part?.contentType ?? null)),
    textArray(parts.map((part) => part?.payloadForm ?? null)),
    textArray(parts.map((part) => part?.reason ?? null)),
    textArray(parts.map((part) => part?.method ?? null)),
    textArray(parts.map((part) => part?.path ?? null)),
    textArray(parts.map((part) => part?.address ?? null)),
    int4Array(parts.map((part) => part?.bodyBytes ?? null)),
    textArray(parts.map((part) => part?.headers ?? null)),
    byteaArray(parts.map((part) => part?.original ?? null)),
  ]
}
