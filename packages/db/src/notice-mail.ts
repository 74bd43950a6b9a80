import type { Transaction } from './database.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { type OutboxEnd, settleOutbox } from './outbox.ts'

export interface NewNoticeMail {
  readonly id: string
  readonly addressId: string
  readonly kind: 'confirmation' | 'notice'
  readonly content: Prisma.InputJsonObject
  readonly nextAttemptAt: Date
}

export async function insertNoticeMail(tx: Transaction, mail: NewNoticeMail): Promise<void> {
  await tx.noticeMail.create({ data: mail })
}

export interface ClaimedNoticeMail {
  readonly id: string
  readonly addressId: string
  readonly kind: string
  readonly content: unknown
  /** This one counted. */
  readonly attempt: number
  readonly email: string
  readonly language: string
  readonly token: Uint8Array
  readonly confirmBy: Date
  readonly orgId: string
  readonly appId: string
  readonly appName: string
}

/** Confirmed, nothing is left to ask. */
export async function deletePendingConfirmation(
  tx: Pick<Transaction, 'noticeMail'>,
  addressId: string,
): Promise<void> {
  await tx.noticeMail.deleteMany({
    where: { addressId, kind: 'confirmation', status: 'pending' },
  })
}

/**
 * Takes what is due, each for so long that whoever dies over it only delays it. What asks for a confirmation isn't sent
 * once the link has expired, and takes nobody's place until its address is deleted.
 */
export function claimNoticeMails(
  db: Pick<PrismaClient, '$queryRaw'>,
  { take, leaseSeconds }: { readonly take: number; readonly leaseSeconds: number },
): Promise<ClaimedNoticeMail[]> {
  return db.$queryRaw<ClaimedNoticeMail[]>`
    UPDATE notice_mail m
       SET attempts = m.attempts + 1, next_attempt_at = now() + ${leaseSeconds}::int * interval '1 second'
      FROM notice_address n JOIN application a ON a.id = n.app_id
     WHERE n.id = m.address_id AND m.id = ANY (ARRAY(
       SELECT d.id FROM notice_mail d JOIN notice_address o ON o.id = d.address_id
        WHERE d.status = 'pending' AND d.next_attempt_at <= now() AND (d.kind = 'notice' OR o.confirm_by > now())
        ORDER BY d.next_attempt_at LIMIT ${take} FOR UPDATE OF d SKIP LOCKED))
    RETURNING m.id, m.address_id AS "addressId", m.kind, m.content, m.attempts AS attempt, n.email, n.language, n.token,
              n.confirm_by AS "confirmBy", a.org_id AS "orgId", n.app_id AS "appId", a.name AS "appName"`
}

export function settleNoticeMail(
  db: Pick<PrismaClient, '$executeRaw'>,
  end: OutboxEnd,
): Promise<void> {
  return settleOutbox(db, 'notice_mail', end)
}
