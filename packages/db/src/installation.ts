import type { Database, Transaction } from './database.ts'
import { type Installation, Prisma } from './generated/client.ts'

type Reader = Pick<Database['prisma'], '$queryRaw' | 'installation'>

/**
 * What holds for all organisations at once. Null: nobody set anything here.
 * Prisma asks with `in` for all `findUnique` of one moment together, and a Boolean key has no `in`: not by that.
 */
export function findInstallation(db: Reader): Promise<Installation | null> {
  return db.installation.findFirst({ where: { id: true } })
}

/** What is compared and changed is the same state. */
export async function lockInstallation(tx: Transaction): Promise<void> {
  await tx.$executeRaw`LOCK TABLE installation IN SHARE ROW EXCLUSIVE MODE`
}

/** Null: as the environment says. */
export async function saveRetentionDays(
  tx: Transaction,
  change: { readonly retentionDays: number | null; readonly changedBy: string; readonly at: Date },
): Promise<void> {
  const { retentionDays, changedBy, at } = change
  const data = { retentionDays, changedBy, changedAt: at }
  await tx.installation.upsert({ where: { id: true }, create: data, update: data })
}

const MAX_HOSTS = 100

export async function listWorkerHosts(
  db: Pick<Database['prisma'], 'worker'>,
  seenAfter: Date,
): Promise<string[]> {
  const rows = await db.worker.findMany({
    where: { seenAt: { gt: seenAfter } },
    distinct: ['host'],
    orderBy: { host: 'asc' },
    take: MAX_HOSTS,
  })
  return rows.map((row) => row.host)
}

const MAX_ORGANISATIONS = 1_000

/** Somebody works in it, or it holds anything. */
const IN_USE = Prisma.sql`(
  EXISTS (SELECT 1 FROM staff_member m WHERE m.org_id = o.id AND m.disabled_at IS NULL)
  OR EXISTS (SELECT 1 FROM application a WHERE a.org_id = o.id AND NOT a.operational))`

export async function listOrganisationsInUse(db: Reader): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM organisation o WHERE ${IN_USE}
     ORDER BY o.id LIMIT ${MAX_ORGANISATIONS}`
  return rows.map((row) => row.id)
}

/** Those in use that the user is no owner of. */
export async function countOthersOrganisations(db: Reader, userId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM organisation o
     WHERE ${IN_USE}
       AND NOT EXISTS (SELECT 1 FROM staff_member own WHERE own.org_id = o.id AND own.user_id = ${userId}
                          AND own.role = 'owner' AND own.disabled_at IS NULL)`
  return row?.count ?? 0
}
