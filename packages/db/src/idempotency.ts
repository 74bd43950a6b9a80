import type { Transaction } from './database.ts'

export interface StoredAnswer {
  readonly bodyHash: Uint8Array
  /** Null for a publish, whose answer is made from its message. */
  readonly status: number | null
  readonly response: Uint8Array | null
}

export interface KeyReservation {
  readonly key: Uint8Array
  readonly bodyHash: Uint8Array
  /** An older row counts as none. */
  readonly maxAgeHours: number
}

/**
 * Takes the key for this transaction, or returns what was answered under it. Another transaction that holds
 * the key is waited for (the unique index is the lock, `lock_timeout` the bound): its commit makes this a
 * replay, its rollback leaves the key to us.
 */
export async function reserveKey(
  tx: Transaction,
  reservation: KeyReservation,
): Promise<StoredAnswer | null> {
  const { key, bodyHash, maxAgeHours } = reservation
  const taken = await tx.$executeRaw`
    INSERT INTO idempotency_key (key, body_hash) VALUES (${key}, ${bodyHash})
    ON CONFLICT (key) DO UPDATE SET body_hash = excluded.body_hash, message_id = NULL, status = NULL,
      response = NULL, created_at = now()
    WHERE idempotency_key.created_at < now() - make_interval(hours => ${maxAgeHours})`
  if (taken === 1) return null
  const rows = await tx.$queryRaw<StoredAnswer[]>`
    SELECT body_hash AS "bodyHash", status, response FROM idempotency_key WHERE key = ${key}`
  return rows[0] ?? null
}

export async function storeAnswer(
  tx: Transaction,
  answer: { readonly key: Uint8Array; readonly status: number; readonly response: Uint8Array },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE idempotency_key SET status = ${answer.status}, response = ${answer.response} WHERE key = ${answer.key}`
}
