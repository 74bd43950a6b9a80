import type { Database, Transaction } from './database.ts'
import type { StaffLink } from './generated/client.ts'

type Reader = Pick<Database['prisma'], 'staffLink'>
type Hash = Uint8Array<ArrayBuffer>

export interface NewStaffLink {
  readonly id: string
  readonly tokenHash: Hash
  readonly purpose: string
  readonly orgId: string | null
  readonly email: string | null
  readonly role: string | null
  readonly appIds: readonly string[]
  readonly createdBy: string
  readonly expiresAt: Date
}

export function insertStaffLink(tx: Transaction, link: NewStaffLink): Promise<StaffLink> {
  return tx.staffLink.create({ data: { ...link, appIds: [...link.appIds] } })
}

export function findStaffLink(
  db: Reader,
  link: { readonly tokenHash: Hash; readonly now: Date },
): Promise<StaffLink | null> {
  const { tokenHash, now } = link
  return db.staffLink.findFirst({ where: { tokenHash, expiresAt: { gt: now } } })
}

/** Uses it up; null when it was used before, ended, or never was: of two at once one wins. */
export async function takeStaffLink(
  tx: Transaction,
  link: { readonly tokenHash: Hash; readonly now: Date },
): Promise<StaffLink | null> {
  const found = await findStaffLink(tx, link)
  if (found === null) return null
  const { count } = await tx.staffLink.deleteMany({ where: { id: found.id } })
  return count === 1 ? found : null
}

export interface LinkSelection {
  readonly purpose: string
  readonly orgId?: string
  readonly id?: string
  readonly email?: string
}

export async function deleteStaffLinks(tx: Transaction, which: LinkSelection): Promise<number> {
  const { count } = await tx.staffLink.deleteMany({ where: which })
  return count
}

export async function deleteExpiredLinks(tx: Transaction, now: Date): Promise<void> {
  await tx.staffLink.deleteMany({ where: { expiresAt: { lte: now } } })
}

export function listInvitations(
  db: Reader,
  scope: { readonly orgId: string },
  now: Date,
): Promise<StaffLink[]> {
  return db.staffLink.findMany({
    where: { orgId: scope.orgId, purpose: 'invitation', expiresAt: { gt: now } },
    orderBy: { id: 'desc' },
    take: 100,
  })
}

/** Uses up all that are open for an address. */
export async function takeInvitations(
  tx: Transaction,
  { email, now }: { readonly email: string; readonly now: Date },
): Promise<StaffLink[]> {
  const where = { email, purpose: 'invitation', expiresAt: { gt: now } }
  const found = await tx.staffLink.findMany({ where, orderBy: { id: 'asc' }, take: 250 })
  await tx.staffLink.deleteMany({ where: { id: { in: found.map(({ id }) => id) } } })
  return found
}
