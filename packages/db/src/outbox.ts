import { Prisma, type PrismaClient } from './generated/client.ts'

/** What is written in the transaction that says so, and sent from its row. */
export type OutboxTable = 'alert_notification' | 'notice_mail'

/** What became of one attempt to send a row. */
export interface OutboxEnd {
  readonly id: string
  /** Of the claim that ends: a later one by somebody else is left alone. */
  readonly attempt: number
  readonly status: 'pending' | 'sent' | 'failed'
  /** Until the next attempt; only while pending. */
  readonly inSeconds: number
  readonly error: string | null
}

export async function settleOutbox(
  db: Pick<PrismaClient, '$executeRaw'>,
  table: OutboxTable,
  { id, attempt, status, inSeconds, error }: OutboxEnd,
): Promise<void> {
  await db.$executeRaw`
    UPDATE ${Prisma.raw(table)}
       SET status = ${status}, error = ${error}::text,
           next_attempt_at = CASE WHEN ${status} = 'pending' THEN now() + ${inSeconds}::float8 * interval '1 second' END,
           settled_at = CASE WHEN ${status} <> 'pending' THEN now() END
     WHERE id = ${id} AND attempts = ${attempt} AND status = 'pending'`
}
