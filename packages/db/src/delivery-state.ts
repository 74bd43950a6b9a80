import type { Database } from './database.ts'
import { SENT_BY_TASK } from './disabling-mark.ts'

/** One row of a delivery, and what its endpoint makes it wait for. */
export interface DeliveryState {
  readonly trigger: 'scheduled' | 'manual'
  readonly status: 'pending' | 'delivered' | 'failed' | 'canceled'
  readonly attemptCount: number
  readonly nextAttemptAt: Date | null
  readonly wait: 'time' | 'turn' | null
  /** Of who sends it at the moment, or did last. */
  readonly leaseToken: string | null
  readonly cause: string | null
  readonly actor: string | null
  readonly taskId: string | null
  /** Those that go before it, counted up to a bound; null unless it waits for its turn. */
  readonly ahead: number | null
  readonly now: Date
  readonly rate: number | null
  readonly breakerOpenedAt: Date | null
  readonly heldUntil: Date | null
  readonly nextTurnAt: Date | null
}

export interface DeliveryKey {
  readonly appId: string
  readonly messageId: string
  readonly endpointId: string
  readonly countAtMost: number
}

/** By the primary key: the scheduled one and the one by hand, where they are. */
export function readDeliveryStates(db: Database, key: DeliveryKey): Promise<DeliveryState[]> {
  return db.prisma.$queryRaw<DeliveryState[]>`
    SELECT d.trigger, d.status, d.attempt_count AS "attemptCount", d.next_attempt_at AS "nextAttemptAt", d.wait,
           d.lease_token::text AS "leaseToken", d.cause, d.actor, ${SENT_BY_TASK} AS "taskId", now() AS now, s.rate, s.breaker_opened_at AS "breakerOpenedAt",
           s.held_until AS "heldUntil", s.next_turn_at AS "nextTurnAt",
           CASE WHEN d.wait = 'turn' THEN (SELECT count(*)::int FROM (
             SELECT 1 FROM delivery w WHERE w.endpoint_id = d.endpoint_id AND w.wait = 'turn'
                AND (w.next_attempt_at, w.message_id) < (d.next_attempt_at, d.message_id)
              LIMIT ${key.countAtMost}) x) END AS ahead
      FROM delivery d
      LEFT JOIN endpoint_state s ON s.endpoint_id = d.endpoint_id
     WHERE d.message_id = ${key.messageId} AND d.endpoint_id = ${key.endpointId} AND d.app_id = ${key.appId}`
}
