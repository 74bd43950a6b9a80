import { DISPATCH_GRACE } from './claimed-delivery.ts'
import { enterLanesSql } from './enter-lanes.ts'
import { type InsertColumn, MESSAGE_COLUMNS, TOLD_APART_COLUMNS } from './insert-columns.ts'
import { RECEIVED_COLUMNS } from './received-columns.ts'

/** What some message of a batch has. */
export interface BatchShape {
  /** An event id or an idempotency key. */
  readonly isToldApart: boolean
  /** A source received it. */
  readonly isReceived: boolean
  readonly hasDeliveries: boolean
}

/** The parameters of the statement, in their order; those of the deliveries and their lease come after them. */
export function columnsOf({ isToldApart, isReceived }: BatchShape): readonly InsertColumn[] {
  return [
    ...MESSAGE_COLUMNS,
    ...(isToldApart ? TOLD_APART_COLUMNS : []),
    ...(isReceived ? RECEIVED_COLUMNS : []),
  ]
}

interface Statement {
  readonly name: string
  readonly text: string
}

const statements = new Map<string, Statement>()

/** See insert-messages.ts for what it guarantees. */
export function insertStatement(shape: BatchShape): Statement {
  const { isToldApart, isReceived, hasDeliveries } = shape
  const name = `insert_messages${isToldApart ? '_told_apart' : ''}${isReceived ? '_received' : ''}${hasDeliveries ? '_delivered' : ''}`
  const known = statements.get(name)
  if (known !== undefined) return known
  const made = { name, text: insertSql(shape) }
  statements.set(name, made)
  return made
}

/** A part of the statement: common table expressions, what they ask of a message to be stored, and why it is not. */
interface Part {
  readonly tables: string
  readonly columns: string
  readonly values: string
  readonly condition: string
  readonly why: string
}

const NOTHING: Part = { tables: '', columns: '', values: '', condition: '', why: '' }

const TOLD_APART: Part = {
  tables: `
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
),`,
  columns: ', event_id',
  values: ', event_id',
  condition: `
     AND (event_id IS NULL OR id IN (SELECT message_id FROM event_ids))
     AND (key IS NULL OR id IN (SELECT message_id FROM keys))`,
  why: `
            WHEN i.event_id IS NOT NULL AND i.id NOT IN (SELECT message_id FROM event_ids) THEN 'event_id_taken'
            WHEN i.key IS NOT NULL AND i.id NOT IN (SELECT message_id FROM keys) THEN 'idempotency_key_taken'`,
}

// A key past its time is taken over; two of one key in a batch: the first by id has it.
// What was made of another form is JSON; the request's record says what came.
const RECEIVED: Part = {
  tables: `
source_keys AS (
  INSERT INTO source_key AS k (source_id, key, message_id, expires_at)
  SELECT DISTINCT ON (source_id, source_key)
         source_id, source_key, id, now() + key_seconds * interval '1 second'
    FROM fresh WHERE source_key IS NOT NULL ORDER BY source_id, source_key, id
  ON CONFLICT (source_id, key) DO UPDATE SET message_id = excluded.message_id, expires_at = excluded.expires_at
    WHERE k.expires_at <= now()
  RETURNING message_id
),`,
  columns: ', content_type, payload_form, original',
  values: ', CASE WHEN original IS NULL THEN content_type END, payload_form, original',
  condition: `
     AND (source_key IS NULL OR id IN (SELECT message_id FROM source_keys))`,
  why: `
            WHEN i.source_key IS NOT NULL AND i.id NOT IN (SELECT message_id FROM source_keys) THEN 'source_key_taken'`,
}

const REQUESTS = `,
requests AS (
  INSERT INTO source_request (source_id, id, outcome, reason, message_id, event_type, method, path, address,
                              content_type, body_bytes, headers)
  SELECT source_id, request_id, 'accepted', reason, id, event_type, method, path, address,
         content_type, body_bytes, headers::jsonb
    FROM fresh WHERE source_id IS NOT NULL AND (id IN (SELECT id FROM stored)) IS TRUE
)`

// Whoever asks for this may remember a source that is gone since.
const SOURCE_LIVES = `(i.source_id IS NULL OR (SELECT s.deleted_at IS NULL FROM source s WHERE s.id = i.source_id) IS TRUE)`

function insertSql(shape: BatchShape): string {
  const columns = columnsOf(shape)
  const told = shape.isToldApart ? TOLD_APART : NOTHING
  const received = shape.isReceived ? RECEIVED : NOTHING
  const arrays = columns.map(({ type }, at) => `$${at + 1}::${type}[]`).join(', ')
  const names = columns.map(({ name }) => name).join(', ')
  return `
WITH input AS MATERIALIZED (SELECT * FROM unnest(${arrays}) AS i (${names})),
fresh AS MATERIALIZED (
  SELECT i.* FROM input i
   WHERE (SELECT CASE WHEN a.deleted_at IS NULL THEN a.version::text END FROM application a WHERE a.id = i.app_id) = i.app_version
     AND ${shape.isReceived ? SOURCE_LIVES : 'true'}
),${received.tables}${told.tables}
stored AS (
  INSERT INTO message (id, app_id, event_type, channels, tags, payload, payload_expires_at,
                       schema_errors, unmatched, publisher${told.columns}${received.columns})
  SELECT id, app_id, event_type, channels::text[], tags::text[], payload,
         now() + payload_seconds * interval '1 second', schema_errors::jsonb, unmatched, publisher${told.values}${received.values}
    FROM fresh
   WHERE true${told.condition}${received.condition}
  RETURNING id
)${shape.hasDeliveries ? deliveriesSql(columns.length) : ''}${shape.isReceived ? REQUESTS : ''}
SELECT i.id, NULL AS endpoint_id,
       CASE WHEN i.id NOT IN (SELECT id FROM fresh)
            THEN ${shape.isReceived ? `CASE WHEN ${SOURCE_LIVES} THEN 'stale' ELSE 'source_gone' END` : `'stale'`}${told.why}${received.why}
       END AS why
  FROM input i WHERE i.id NOT IN (SELECT id FROM stored)${shape.hasDeliveries ? TURNED : ''}`
}

const TURNED = `
UNION ALL
SELECT message_id, endpoint_id, 'turn' FROM deliveries WHERE wait = 'turn'`

/** `after`: so many parameters come before those of the deliveries and their lease. */
function deliveriesSql(after: number): string {
  const [messageIds, endpointIds, appIds, leased, turn, token, worker, seconds] = Array.from(
    { length: 8 },
    (_, at) => `$${after + at + 1}`,
  )
  return `,
asked AS MATERIALIZED (
  SELECT d.*, coalesce((SELECT lane FROM endpoint_state WHERE endpoint_id = d.endpoint_id), false) AS lane
    FROM unnest(${messageIds}::text[], ${endpointIds}::text[], ${appIds}::text[], ${leased}::boolean[], ${turn}::boolean[])
           AS d (message_id, endpoint_id, app_id, leased, turn)
),
deliveries AS (
  INSERT INTO delivery (message_id, endpoint_id, app_id, next_attempt_at, wait, lease_token)
  SELECT message_id, endpoint_id, app_id,
         CASE WHEN turn OR lane THEN now() WHEN NOT leased THEN now() + ${DISPATCH_GRACE} END,
         CASE WHEN turn OR lane THEN 'turn'::delivery_wait WHEN NOT leased THEN 'time' END,
         CASE WHEN leased AND NOT lane THEN ${token}::uuid END
    FROM asked WHERE (message_id IN (SELECT id FROM stored)) IS TRUE
  RETURNING message_id, endpoint_id, wait, lease_token
),
turns AS (${enterLanesSql('deliveries')}),
leases AS (
  INSERT INTO lease (token, worker, expires_at, message_ids, endpoint_ids, triggers)
  SELECT ${token}, ${worker}::text, now() + ${seconds}::float8 * interval '1 second', array_agg(message_id), array_agg(endpoint_id),
         array_agg('scheduled'::delivery_trigger)
    FROM deliveries WHERE lease_token IS NOT NULL HAVING count(*) > 0
)`
}
