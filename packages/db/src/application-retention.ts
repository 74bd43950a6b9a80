import type { Database, Transaction } from './database.ts'
import { preferIndexes } from './endpoint.ts'
import type { ApplicationRetention } from './generated/client.ts'

export type { ApplicationRetention }

interface AppKey {
  readonly appId: string
}

/** Null: its payloads are kept as long as their messages. */
export function findApplicationRetention(
  db: Pick<Database['prisma'], 'applicationRetention'> | Transaction,
  { appId }: AppKey,
): Promise<ApplicationRetention | null> {
  return db.applicationRetention.findUnique({ where: { appId } })
}

/** Of two changes at once the second sees the first. */
export async function lockApplicationRetention(tx: Transaction, { appId }: AppKey): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM application WHERE id = ${appId} FOR NO KEY UPDATE`
}

interface RetentionChange {
  readonly payloadDays: number
  readonly changedBy: string
  readonly changedAt: Date
}

/** The clean-up looks at once, and goes on where it was. */
export async function saveApplicationRetention(
  tx: Transaction,
  { appId }: AppKey,
  change: RetentionChange,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO application_retention (app_id, payload_days, changed_by, changed_at)
    VALUES (${appId}, ${change.payloadDays}, ${change.changedBy}, ${change.changedAt})
    ON CONFLICT (app_id) DO UPDATE
       SET payload_days = excluded.payload_days, changed_by = excluded.changed_by,
           changed_at = excluded.changed_at, next_look_at = now()`
}

export async function deleteApplicationRetention(
  tx: Transaction,
  { appId }: AppKey,
): Promise<void> {
  await tx.applicationRetention.deleteMany({ where: { appId } })
}

export interface ExpiringRange extends AppKey {
  /** Both excluded. */
  readonly afterId: string
  readonly beforeId: string
  /** At so many messages it ends. */
  readonly limit: number
}

/** Messages looked at, and those whose payload is there and has no time of its own. */
export async function countExpiring(
  tx: Transaction,
  { appId, afterId, beforeId, limit }: ExpiringRange,
): Promise<{ readonly looked: number; readonly payloads: number }> {
  await preferIndexes(tx)
  const [row] = await tx.$queryRaw<{ looked: number; payloads: number }[]>`
    SELECT count(*)::int AS looked, (count(*) FILTER (WHERE keeps))::int AS payloads
      FROM (SELECT payload IS NOT NULL AND payload_expires_at IS NULL AS keeps FROM message
             WHERE app_id = ${appId} AND id > ${afterId} AND id < ${beforeId}
             ORDER BY id LIMIT ${limit}) m`
  return row ?? { looked: 0, payloads: 0 }
}
