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
  organisation: { readonly id: string; readonly operationalAppId: string },
): Promise<boolean> {
  const { id, operationalAppId } = organisation
  const { count } = await tx.organisation.createMany({
    data: [{ id, operationalAppId }],
    skipDuplicates: true,
  })
  if (count === 0) return false
  const name = 'Operational webhooks'
  await tx.application.create({
    data: { id: operationalAppId, orgId: id, name, operational: true },
  })
  return true
}
