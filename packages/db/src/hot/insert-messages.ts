import type pg from 'pg'
import { boolArray, byteaArray, float8Array, textArray } from './binary-array.ts'
import { DISPATCH_GRACE } from './claimed-delivery.ts'
import { enterLanesSql } from './enter-lanes.ts'
import {
  RECEIVED_SQL,
  receivedColumns,
  type ReceivedPart,
  type ReceivedSql,
  WITHOUT_RECEIVED,
} from './received-columns.ts'

/**
 * Group commit of publishes: messages, their deliveries, event ids, idempotency keys and the lease of
 * what this process sends itself, in ONE statement (one round trip, one fsync for the whole batch).
 *
 * - The application's version is verified in the statement's own snapshot: an endpoint created before
 *   the publish was sent is always seen (`stale` otherwise, and the caller matches again).
 * - What is dispatched to somebody else is due a grace later: until then the job may claim it, and the
 *   sweep leaves it alone.
 * - An endpoint in its lane (paced, held or probed) gets deliveries that wait for its turn, never a lease.
 * - `(x IN (…)) IS TRUE` is a look-up in a hash; without it, a join that compares every pair of the batch.
 * - Keys are inserted in sorted order, so two batches never wait for each other in a circle.
 */

export interface NewMessage {
  readonly id: string
  readonly appId: string
  readonly appVersion: string
  readonly eventType: string
  readonly eventId: string | null
  readonly channels: readonly string[]
  readonly tags: readonly string[]
  readonly payload: string
  /** Null: the payload is kept as long as the message. */
  readonly payloadSeconds: number | null
  /** JSON text. */
  readonly schemaErrors: string | null
  readonly unmatched: string | null
  readonly publisher: string
  readonly idempotency: { readonly key: Uint8Array; readonly bodyHash: Uint8Array } | null
  readonly deliveries: readonly NewDelivery[]
  /** What a source received it from; absent: published by a caller of the api. */
  readonly received?: ReceivedPart
}

export interface NewDelivery {
  readonly endpointId: string
  /** `lease`: this process sends it now. `time`: dispatch finds it. `turn`: over the endpoint's cap here. */
  readonly start: 'lease' | 'time' | 'turn'
}

export interface NewLease {
  readonly token: string
  readonly worker: string
  readonly seconds: number
}

const NOT_STORED = [
  'stale',
  'event_id_taken',
  'idempotency_key_taken',
  'source_key_taken',
  'source_gone',
] as const
export type NotStored = (typeof NOT_STORED)[number]

export interface InsertResult {
  /** Only what was not stored; everything else was. */
  readonly notStored: ReadonlyMap<string, NotStored>
  /** Deliveries that wait for their endpoint's turn though a lease was asked for: `message id/endpoint id`. */
  readonly turned: ReadonlySet<string>
}

export async function insertMessages(
  pool: pg.Pool,
  messages: readonly NewMessage[],
  lease: NewLease,
): Promise<InsertResult> {
  const isReceived = messages.some((message) => message.received !== undefined)
  const { rows } = await pool.query<{ id: string; endpoint_id: string | null; why: string }>({
    ...(isReceived ? INSERT_RECEIVED : INSERT_MESSAGES),
    values: [
      ...messageColumns(messages),
      ...deliveryColumns(messages),
      lease.token,
      lease.worker,
      lease.seconds,
      ...(isReceived ? receivedColumns(messages) : []),
    ],
  })
  const notStored = new Map<string, NotStored>()
  const turned = new Set<string>()
  for (const row of rows) {
    if (row.endpoint_id !== null) turned.add(deliveryKey(row.id, row.endpoint_id))
    else notStored.set(row.id, toNotStored(row.why))
  }
  return { notStored, turned }
}

export function deliveryKey(messageId: string, endpointId: string): string {
  return `${messageId}/${endpointId}`
}

function toNotStored(why: string): NotStored {
  return NOT_STORED.find((known) => known === why) ?? 'stale'
}

function messageColumns(messages: readonly NewMessage[]): Buffer[] {
  return [
    textArray(messages.map((m) => m.id)),
    textArray(messages.map((m) => m.appId)),
    textArray(messages.map((m) => m.appVersion)),
    textArray(messages.map((m) => m.eventType)),
    textArray(messages.map((m) => m.eventId)),
    textArray(messages.map((m) => arrayLiteral(m.channels))),
    textArray(messages.map((m) => arrayLiteral(m.tags))),
    textArray(messages.map((m) => m.payload)),
    float8Array(messages.map((m) => m.payloadSeconds)),
    textArray(messages.map((m) => m.schemaErrors)),
    textArray(messages.map((m) => m.unmatched)),
    textArray(messages.map((m) => m.publisher)),
    byteaArray(messages.map((m) => m.idempotency?.key ?? null)),
    byteaArray(messages.map((m) => m.idempotency?.bodyHash ?? null)),
  ]
}

function deliveryColumns(messages: readonly NewMessage[]): Buffer[] {
  const rows = messages.flatMap((m) => m.deliveries.map((d) => ({ m, d })))
  return [
    textArray(rows.map(({ m }) => m.id)),
    textArray(rows.map(({ d }) => d.endpointId)),
    textArray(rows.map(({ m }) => m.appId)),
    boolArray(rows.map(({ d }) => d.start === 'lease')),
    boolArray(rows.map(({ d }) => d.start === 'turn')),
  ]
}

// `unnest` flattens nested arrays, so lists inside a row travel as array literals.
function arrayLiteral(values: readonly string[]): string {
  if (values.length === 0) return '{}'
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}

// One statement is one text.
// oxlint-disable-next-line max-lines-per-function
const insertSql = (received: ReceivedSql): string => `
WITH input AS MATERIALIZED (
  SELECT * FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::float8[], $10::text[], $11::text[], $12::text[], $13::bytea[], $14::bytea[]${received.arrays}
  ) AS i (id, app_id, app_version, event_type, event_id, channels, tags, payload,
          payload_seconds, schema_errors, unmatched, publisher, key, body_hash${received.names})
),
fresh AS MATERIALIZED (
  SELECT i.* FROM input i
   WHERE (SELECT CASE WHEN a.deleted_at IS NULL THEN a.version::text END FROM application a WHERE a.id = i.app_id) = i.app_version${received.fresh}
),${received.keys}
event_ids AS (
  INSERT INTO message_event_id (app_id, event_id, message_id)
  SELECT app_id, event_id, id FROM fresh WHERE event_id IS NOT NULL ORDER BY app_id, event_id
  ON CONFLICT DO NOTHING RETURNING message_id
),
keys AS (
  INSERT INTO idempotency_key (key, body_hash, message_id)
  SELECT key, body_hash, id FROM fresh
   WHERE key IS NOT NULL AND (event_id IS NULL OR id IN (SELECT message_id FROM event_ids))
   ORDER BY key
  ON CONFLICT DO NOTHING RETURNING message_id
),
stored AS (
  INSERT INTO message (id, app_id, event_type, event_id, channels, tags, payload, payload_expires_at,
                       schema_errors, unmatched, publisher${received.messageColumns})
  SELECT id, app_id, event_type, event_id, channels::text[], tags::text[], payload,
         now() + payload_seconds * interval '1 second', schema_errors::jsonb, unmatched, publisher${received.messageValues}
    FROM fresh
   WHERE (event_id IS NULL OR id IN (SELECT message_id FROM event_ids))
     AND (key IS NULL OR id IN (SELECT message_id FROM keys))${received.condition}
  RETURNING id
),
asked AS MATERIALIZED (
  SELECT d.*, coalesce((SELECT lane FROM endpoint_state WHERE endpoint_id = d.endpoint_id), false) AS lane
    FROM unnest($15::text[], $16::text[], $17::text[], $18::boolean[], $19::boolean[])
           AS d (message_id, endpoint_id, app_id, leased, turn)
),
deliveries AS (
  INSERT INTO delivery (message_id, endpoint_id, app_id, next_attempt_at, wait, lease_token)
  SELECT message_id, endpoint_id, app_id,
         CASE WHEN turn OR lane THEN now() WHEN NOT leased THEN now() + ${DISPATCH_GRACE} END,
         CASE WHEN turn OR lane THEN 'turn'::delivery_wait WHEN NOT leased THEN 'time' END,
         CASE WHEN leased AND NOT lane THEN $20::uuid END
    FROM asked WHERE (message_id IN (SELECT id FROM stored)) IS TRUE
  RETURNING message_id, endpoint_id, wait, lease_token
),
turns AS (${enterLanesSql('deliveries')}),${received.requests}
leases AS (
  INSERT INTO lease (token, worker, expires_at, message_ids, endpoint_ids, triggers)
  SELECT $20, $21::text, now() + $22::float8 * interval '1 second', array_agg(message_id), array_agg(endpoint_id),
         array_agg('scheduled'::delivery_trigger)
    FROM deliveries WHERE lease_token IS NOT NULL HAVING count(*) > 0
)
SELECT i.id, NULL AS endpoint_id,
       CASE WHEN i.id NOT IN (SELECT id FROM fresh) THEN ${received.stale}
            WHEN i.event_id IS NOT NULL AND i.id NOT IN (SELECT message_id FROM event_ids) THEN 'event_id_taken'${received.why}
            ELSE 'idempotency_key_taken' END AS why
  FROM input i WHERE i.id NOT IN (SELECT id FROM stored)
UNION ALL
SELECT message_id, endpoint_id, 'turn' FROM deliveries WHERE wait = 'turn'`

const INSERT_MESSAGES = { name: 'insert_messages', text: insertSql(WITHOUT_RECEIVED) }
const INSERT_RECEIVED = { name: 'insert_received', text: insertSql(RECEIVED_SQL) }
