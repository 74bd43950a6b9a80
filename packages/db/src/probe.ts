import type { Transaction } from './database.ts'
import { preferIndexes } from './endpoint.ts'
import { IN_QUEUE } from './hot/queued-lease.ts'

export interface Breaker {
  readonly isOpen: boolean
  /** The receiver asked for it; null: it doesn't. */
  readonly heldUntil: Date | null
}

/** Keeps the endpoint's turn from being taken until the transaction ends. */
export async function lockBreaker(tx: Transaction, endpointId: string): Promise<Breaker | null> {
  const rows = await tx.$queryRaw<Breaker[]>`
    SELECT breaker_opened_at IS NOT NULL AS "isOpen", CASE WHEN held_until > now() THEN held_until END AS "heldUntil"
      FROM endpoint_state WHERE endpoint_id = ${endpointId} FOR UPDATE`
  return rows[0] ?? null
}

/** A message that is being sent to the endpoint at this moment. */
export async function findInFlight(tx: Transaction, endpointId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ messageId: string }[]>`
    SELECT d.message_id AS "messageId"
      FROM lease l
     CROSS JOIN LATERAL unnest(l.message_ids, l.endpoint_ids) leased (message_id, endpoint_id)
      JOIN delivery d ON d.message_id = leased.message_id AND d.endpoint_id = leased.endpoint_id
       AND d.lease_token = l.token
     WHERE l.expires_at > now() AND l.worker <> ${IN_QUEUE} AND leased.endpoint_id = ${endpointId}
     ORDER BY d.message_id LIMIT 1`
  return rows[0]?.messageId ?? null
}

export interface LatestOf {
  readonly endpointId: string
  /** Null: of any message. */
  readonly messageId: string | null
}

/** The id of the newest attempt; one probe a partition. */
export async function findLatestAttempt(
  tx: Transaction,
  { endpointId, messageId }: LatestOf,
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM attempt
     WHERE endpoint_id = ${endpointId} AND (${messageId}::text IS NULL OR message_id = ${messageId})
     ORDER BY id DESC LIMIT 1`
  return rows[0]?.id ?? null
}

/**
 * The endpoint's turn comes now, whichever worker looks next: what waits longest goes as the probe; where nothing
 * waits for a turn, the retry whose time comes first. Only below `lockBreaker`. Answers its message; null: nothing
 * waits. By ctid: no run-time pruning beside a row lock (see hot/week.ts).
 */
export async function takeProbe(tx: Transaction, endpointId: string): Promise<string | null> {
  await preferIndexes(tx)
  const messageId = (await firstInLane(tx, endpointId)) ?? (await enterLane(tx, endpointId))
  if (messageId === null) return null
  await tx.$executeRaw`
    UPDATE endpoint_state SET lane = true, next_turn_at = now() WHERE endpoint_id = ${endpointId}`
  return messageId
}

async function firstInLane(tx: Transaction, endpointId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ messageId: string }[]>`
    SELECT message_id AS "messageId" FROM delivery
     WHERE endpoint_id = ${endpointId} AND wait = 'turn' ORDER BY next_attempt_at, message_id LIMIT 1`
  return rows[0]?.messageId ?? null
}

async function enterLane(tx: Transaction, endpointId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ messageId: string }[]>`
    WITH first AS MATERIALIZED (
      SELECT ctid AS row, tableoid AS part FROM delivery
       WHERE endpoint_id = ${endpointId} AND wait = 'time'
       ORDER BY next_attempt_at, message_id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    UPDATE delivery d SET wait = 'turn', next_attempt_at = now()
      FROM first f WHERE d.ctid = f.row AND d.tableoid = f.part
    RETURNING d.message_id AS "messageId"`
  return rows[0]?.messageId ?? null
}
