import type { Database, Transaction } from './database.ts'
import type { AlertNotification, Prisma, PrismaClient } from './generated/client.ts'
import { beyond, type KeyWindow } from './keyset.ts'
import { type OutboxEnd, settleOutbox } from './outbox.ts'

export type AlertNotificationRow = AlertNotification

type Reader = Pick<Database['prisma'], 'alertNotification'>

export interface NewAlertNotification {
  readonly id: string
  readonly ruleId: string
  readonly kind: string
  readonly content: Prisma.InputJsonObject
  readonly nextAttemptAt: Date
}

export function insertAlertNotification(
  tx: Transaction,
  notification: NewAlertNotification,
): Promise<AlertNotification> {
  return tx.alertNotification.create({ data: notification })
}

interface RuleKey {
  readonly ruleId: string
}

export function listAlertNotifications(
  db: Reader,
  { ruleId }: RuleKey,
  window: KeyWindow,
): Promise<AlertNotification[]> {
  return db.alertNotification.findMany({
    where: { ruleId, id: beyond(window) },
    orderBy: { id: window.direction },
    take: window.take,
  })
}

export function countTestNotifications(
  db: Reader,
  { ruleId }: RuleKey,
  afterId: string,
): Promise<number> {
  return db.alertNotification.count({ where: { ruleId, kind: 'test', id: { gt: afterId } } })
}

export interface ClaimedNotification {
  readonly id: string
  readonly ruleId: string
  readonly orgId: string
  readonly kind: string
  readonly content: unknown
  /** This one counted. */
  readonly attempt: number
  readonly targetKind: string
  readonly target: Uint8Array
}

/**
 * Takes what is due, each for so long that whoever dies over it only delays it. What a rule tells is told in
 * its order: a resolution waits for the alarm before it. Tests wait for nothing. An array, as a subquery that a join
 * reads again takes more than its limit: what it locked itself is passed over by nobody.
 */
export function claimAlertNotifications(
  db: Pick<PrismaClient, '$queryRaw'>,
  { take, leaseSeconds }: { readonly take: number; readonly leaseSeconds: number },
): Promise<ClaimedNotification[]> {
  return db.$queryRaw<ClaimedNotification[]>`
    UPDATE alert_notification n
       SET attempts = n.attempts + 1, next_attempt_at = now() + ${leaseSeconds}::int * interval '1 second'
      FROM alert_rule r
     WHERE r.id = n.rule_id AND n.id = ANY (ARRAY(
       SELECT d.id FROM alert_notification d
        WHERE d.status = 'pending' AND d.next_attempt_at <= now()
          AND (d.kind = 'test' OR NOT EXISTS (
            SELECT 1 FROM alert_notification e
             WHERE e.rule_id = d.rule_id AND e.id < d.id AND e.status = 'pending' AND e.kind <> 'test'))
        ORDER BY d.next_attempt_at LIMIT ${take} FOR UPDATE SKIP LOCKED))
    RETURNING n.id, n.rule_id AS "ruleId", r.org_id AS "orgId", n.kind, n.content, n.attempts AS attempt,
              r.target_kind AS "targetKind", r.target`
}

export function settleAlertNotification(
  db: Pick<PrismaClient, '$executeRaw'>,
  end: OutboxEnd,
): Promise<void> {
  return settleOutbox(db, 'alert_notification', end)
}

/** At most 1,000 a round. */
export async function deleteOldNotifications(
  db: Pick<PrismaClient, '$executeRaw'>,
  beforeId: string,
): Promise<void> {
  await db.$executeRaw`
    DELETE FROM alert_notification WHERE id IN (
      SELECT id FROM alert_notification WHERE id < ${beforeId} AND status <> 'pending' ORDER BY id LIMIT 1000)`
}
