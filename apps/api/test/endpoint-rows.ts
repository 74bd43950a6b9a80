import type { Database } from '@posthorn/db'
import { newId } from '@posthorn/runtime'

/** Two that endpoints may filter on: one with examples, one archived. */
export async function insertEventTypes(db: Database, orgId: string): Promise<void> {
  const schemas = { '1': { type: 'object', examples: [{ n: 1 }, { n: 2 }] } }
  await db.hot.query(
    `INSERT INTO event_type (org_id, name, description, archived, schemas)
     VALUES ($1, 'invoice.paid', '', false, $2), ($1, 'archived.type', '', true, NULL)`,
    [orgId, JSON.stringify(schemas)],
  )
}

export interface DeliveriesToAdd {
  readonly count: number
  readonly status?: 'pending' | 'delivered' | 'failed' | 'canceled'
  readonly wait?: 'time' | 'turn' | null
  readonly cause?: string
  readonly attempts?: number
  readonly payload?: string | null
  /** When the messages were published; an hour ago unless told otherwise. */
  readonly at?: Date
}

/** Messages with one scheduled delivery each, as the worker left them. */
export async function insertDeliveries(
  db: Database,
  { appId, endpointId }: { readonly appId: string; readonly endpointId: string },
  add: DeliveriesToAdd,
): Promise<void> {
  const atMs = (add.at ?? new Date(Date.now() - 3_600_000)).getTime()
  const ids = Array.from({ length: add.count }, () => newId('msg_', atMs))
  const { status = 'pending', wait = null, cause = null, attempts = 0, payload = '{}' } = add
  await db.hot.query(
    `WITH m AS (
       INSERT INTO message (id, app_id, event_type, payload, publisher)
       SELECT id, $2, 'invoice.paid', $3, 'test' FROM unnest($1::text[]) id)
     INSERT INTO delivery (message_id, endpoint_id, app_id, status, wait, cause, attempt_count, next_attempt_at)
     SELECT id, $4, $2, $5::delivery_status, $6::delivery_wait, $7, $8, CASE WHEN $6::delivery_wait IS NOT NULL THEN now() END
       FROM unnest($1::text[]) id`,
    [ids, appId, payload, endpointId, status, wait, cause, attempts],
  )
}
