import type { Database, Transaction } from './database.ts'
import type { PortalTheme } from './generated/client.ts'

interface OrgKey {
  readonly orgId: string
}

export function findPortalTheme(
  db: Pick<Database['prisma'], 'portalTheme'>,
  { orgId }: OrgKey,
): Promise<PortalTheme | null> {
  return db.portalTheme.findUnique({ where: { orgId } })
}

interface ThemeChange {
  readonly theme: Readonly<Record<string, string>>
  readonly changedBy: string
  readonly changedAt: Date
}

export async function savePortalTheme(
  tx: Transaction,
  { orgId }: OrgKey,
  change: ThemeChange,
): Promise<void> {
  const data = { ...change, theme: { ...change.theme } }
  await tx.portalTheme.upsert({ where: { orgId }, create: { orgId, ...data }, update: data })
}

/** Of two changes at once the second sees the first. */
export async function lockPortalTheme(tx: Transaction, { orgId }: OrgKey): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM organisation WHERE id = ${orgId} FOR NO KEY UPDATE`
}

interface ThemedApplication {
  readonly orgId: string
  readonly metadata: unknown
}

/**
 * By its id alone, as the page of a portal is asked for before anybody is known: nothing but what it takes to look
 * as it should may come of it.
 */
export function findThemedApplication(
  db: Pick<Database['prisma'], 'application'>,
  id: string,
): Promise<ThemedApplication | null> {
  return db.application.findFirst({
    where: { id, deletedAt: null, operational: false },
    select: { orgId: true, metadata: true },
  })
}
