import type pg from 'pg'
import { boolArray, textArray } from './binary-array.ts'
import { type BatchShape, columnsOf, insertStatement } from './insert-messages-sql.ts'
import type { ReceivedPart } from './received-columns.ts'

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
 * - What none of a batch has (keys, a source's record, deliveries) is not in its statement: half of what a small one
 *   costs is starting and ending its parts.
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
  const shape = shapeOf(messages)
  const { rows } = await pool.query<{ id: string; endpoint_id: string | null; why: string }>({
    ...insertStatement(shape),
    values: [
      ...columnsOf(shape).map(({ encode }) => encode(messages)),
      ...(shape.hasDeliveries ? deliveryParameters(messages, lease) : []),
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

function shapeOf(messages: readonly NewMessage[]): BatchShape {
  return {
    isToldApart: messages.some(
      ({ eventId, idempotency }) => eventId !== null || idempotency !== null,
    ),
    isReceived: messages.some(({ received }) => received !== undefined),
    hasDeliveries: messages.some(({ deliveries }) => deliveries.length > 0),
  }
}

export function deliveryKey(messageId: string, endpointId: string): string {
  return `${messageId}/${endpointId}`
}

function toNotStored(why: string): NotStored {
  return NOT_STORED.find((known) => known === why) ?? 'stale'
}

function deliveryParameters(messages: readonly NewMessage[], lease: NewLease): unknown[] {
  const rows = messages.flatMap((m) => m.deliveries.map((d) => ({ m, d })))
  return [
    textArray(rows.map(({ m }) => m.id)),
    textArray(rows.map(({ d }) => d.endpointId)),
    textArray(rows.map(({ m }) => m.appId)),
    boolArray(rows.map(({ d }) => d.start === 'lease')),
    boolArray(rows.map(({ d }) => d.start === 'turn')),
    lease.token,
    lease.worker,
    lease.seconds,
  ]
}
