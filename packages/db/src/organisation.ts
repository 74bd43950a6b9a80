import type { Database, Transaction } from './database.ts'
import type { Organisation } from './generated/client.ts'

export function findOrganisation(
  db: Pick<Database['prisma'], 'organisation'>,
  orgId: string,
): Promise<Organisation | null> {
  return db.organisation.findUnique({ where: { id: orgId } })
}

/** The organisation and its reserved application; false when another process was first. */
export async function insertOrganisation(
  tx: Transaction,
  organisation: {
    readonly id: string
    readonly operationalAppId: string
    readonly name?: string
  },
): Promise<boolean> {
  const { id, operationalAppId, name: called = null } = organisation
  const { count } = await tx.organisation.createMany({
    data: [{ id, operationalAppId, name: called }],
    skipDuplicates: true,
  })
  if (count === 0) return false
  const name = 'Operational webhooks'
  await tx.application.create({
    data: { id: operationalAppId, orgId: id, name, operational: true },
  })
  return true
}

/** Of those that a user is a member of. */
export function listOrganisations(
  db: Pick<Database['prisma'], 'organisation'>,
  ids: readonly string[],
): Promise<Organisation[]> {
  return db.organisation.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } })
}

export async function renameOrganisation(
  tx: Transaction,
  scope: { readonly orgId: string },
  name: string,
): Promise<void> {
  await tx.organisation.update({ where: { id: scope.orgId }, data: { name } })
}

/** Not archived, by organisation; each has a bounded number. */
export async function countActiveEventTypes(
  db: Pick<Database['prisma'], 'eventType'>,
  orgIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db.eventType.groupBy({
    by: ['orgId'],
    where: { orgId: { in: [...orgIds] }, archived: false },
    _count: true,
  })
  return new Map(rows.map((row) => [row.orgId, row._count]))
}

/** Of two organisations that one user makes at once the second sees the first. */
export async function lockStaffUser(tx: Transaction, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM staff_user WHERE id = ${userId} FOR UPDATE`
}
