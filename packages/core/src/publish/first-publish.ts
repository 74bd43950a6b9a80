import type { Database } from '@posthorn/db'
import { IDEMPOTENCY_HOURS } from '../idempotency/key.ts'
import type { MessageDraft } from './publish-message.ts'

/** Why a publish wasn't stored, read after the fact. */
export type FirstPublish =
  | { readonly kind: 'same_request'; readonly messageId: string }
  | { readonly kind: 'other_body' }
  | { readonly kind: 'same_event_id'; readonly messageId: string }

export interface Repeat {
  readonly appId: string
  readonly draft: MessageDraft
  /** The id that was not stored. */
  readonly triedId: string
}

/**
 * The message that holds the idempotency key or event id. Null: whoever held it is gone (expired, or its
 * publish was never stored), and the way is free now.
 */
export async function findFirstPublish(db: Database, repeat: Repeat): Promise<FirstPublish | null> {
  return (await byIdempotencyKey(db, repeat)) ?? (await byEventId(db, repeat))
}

async function byIdempotencyKey(
  db: Database,
  { appId, draft, triedId }: Repeat,
): Promise<FirstPublish | null> {
  if (draft.idempotency === null) return null
  const { key, bodyHash } = draft.idempotency
  const { rows } = await db.hot.query<{ body_hash: Buffer; message_id: string; is_live: boolean }>(
    `SELECT k.body_hash, k.message_id,
            k.created_at > now() - interval '${IDEMPOTENCY_HOURS} hours'
              AND EXISTS (SELECT 1 FROM message m WHERE m.app_id = $2 AND m.id = k.message_id) AS is_live
       FROM idempotency_key k WHERE k.key = $1`,
    [key, appId],
  )
  const row = rows[0]
  if (row === undefined) return null
  if (row.is_live) {
    return row.body_hash.equals(bodyHash)
      ? { kind: 'same_request', messageId: row.message_id }
      : { kind: 'other_body' }
  }
  await forgetKey(db, key, row.message_id)
  if (draft.eventId !== null)
    await forgetEventId(db, { appId, eventId: draft.eventId, messageId: triedId })
  return null
}

async function byEventId(
  db: Database,
  { appId, draft, triedId }: Repeat,
): Promise<FirstPublish | null> {
  if (draft.eventId === null) return null
  const { rows } = await db.hot.query<{ message_id: string; is_live: boolean }>(
    `SELECT e.message_id, EXISTS (SELECT 1 FROM message m WHERE m.app_id = e.app_id AND m.id = e.message_id) AS is_live
       FROM message_event_id e WHERE e.app_id = $1 AND e.event_id = $2`,
    [appId, draft.eventId],
  )
  const row = rows[0]
  if (row === undefined) return null
  if (row.is_live) return { kind: 'same_event_id', messageId: row.message_id }
  await forgetEventId(db, { appId, eventId: draft.eventId, messageId: triedId })
  return null
}

// A key that points to no message was left by a publish that lost its event id in the same statement.
async function forgetKey(db: Database, key: Uint8Array, messageId: string): Promise<void> {
  await db.hot.query('DELETE FROM idempotency_key WHERE key = $1 AND message_id = $2', [
    key,
    messageId,
  ])
}

interface EventIdClaim {
  readonly appId: string
  readonly eventId: string
  readonly messageId: string
}

async function forgetEventId(db: Database, claim: EventIdClaim): Promise<void> {
  await db.hot.query(
    `DELETE FROM message_event_id e WHERE app_id = $1 AND event_id = $2
        AND (message_id = $3 OR NOT EXISTS (SELECT 1 FROM message m WHERE m.app_id = e.app_id AND m.id = e.message_id))`,
    [claim.appId, claim.eventId, claim.messageId],
  )
}
