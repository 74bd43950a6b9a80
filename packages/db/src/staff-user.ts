import type { Database, Transaction } from './database.ts'
import type { StaffMember, StaffUser } from './generated/client.ts'
import { beyond, type KeyWindow } from './keyset.ts'

type Reader = Pick<Database['prisma'], 'staffUser' | 'staffMember'>

/** Users belong to no organisation: what they may do in one is their membership's. */
export function findStaffUser(
  db: Reader,
  by: { readonly id: string } | { readonly email: string } | { readonly identity: string },
): Promise<StaffUser | null> {
  return db.staffUser.findUnique({ where: by })
}

export interface NewStaffUser {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly passwordHash: string | null
  readonly identity?: string | null
}

export function insertStaffUser(tx: Transaction, user: NewStaffUser): Promise<StaffUser> {
  return tx.staffUser.create({ data: user })
}

export type StaffUserChange = Partial<
  Pick<
    StaffUser,
    | 'name'
    | 'passwordHash'
    | 'totpSecret'
    | 'totpPending'
    | 'totpStep'
    | 'identity'
    | 'lastSignInAt'
  >
>

export async function updateStaffUser(
  tx: Transaction,
  userId: string,
  change: StaffUserChange,
): Promise<void> {
  await tx.staffUser.update({ where: { id: userId }, data: withOwnBytes(change) })
}

// Prisma's input wants bytes whose buffer is no shared one, which none of ours is.
function withOwnBytes({ totpSecret, totpPending, ...rest }: StaffUserChange) {
  const own = (bytes: Uint8Array | null) => (bytes === null ? null : new Uint8Array(bytes))
  return {
    ...rest,
    ...(totpSecret === undefined ? {} : { totpSecret: own(totpSecret) }),
    ...(totpPending === undefined ? {} : { totpPending: own(totpPending) }),
  }
}

/** False when this step, or a later one, was used before: two requests with one code race here. */
export async function claimTotpStep(
  db: Pick<Database['prisma'], 'staffUser'>,
  userId: string,
  step: bigint,
): Promise<boolean> {
  const { count } = await db.staffUser.updateMany({
    where: { id: userId, totpStep: { lt: step } },
    data: { totpStep: step },
  })
  return count === 1
}

/** Whether anybody could sign in to the console at all. */
export async function hasStaffOwner(db: Reader): Promise<boolean> {
  const owner = await db.staffMember.findFirst({ where: { role: 'owner', disabledAt: null } })
  return owner !== null
}

export function listMemberships(db: Reader, userId: string): Promise<StaffMember[]> {
  return db.staffMember.findMany({ where: { userId }, orderBy: { orgId: 'asc' }, take: 250 })
}

export function findMembership(
  db: Reader,
  scope: { readonly orgId: string },
  userId: string,
): Promise<StaffMember | null> {
  return db.staffMember.findUnique({ where: { orgId_userId: { orgId: scope.orgId, userId } } })
}

export async function insertMember(
  tx: Transaction,
  scope: { readonly orgId: string },
  member: { readonly userId: string; readonly role: string; readonly appIds: readonly string[] },
): Promise<void> {
  const { orgId } = scope
  const appIds = [...member.appIds]
  await tx.staffMember.upsert({
    where: { orgId_userId: { orgId, userId: member.userId } },
    create: { orgId, ...member, appIds },
    update: { role: member.role, appIds, disabledAt: null },
  })
}

export async function updateMember(
  tx: Transaction,
  scope: { readonly orgId: string },
  member: Pick<StaffMember, 'userId' | 'role' | 'disabledAt' | 'appIds'>,
): Promise<void> {
  const { userId, ...data } = member
  await tx.staffMember.update({ where: { orgId_userId: { orgId: scope.orgId, userId } }, data })
}

/** The owners in force, locked: of two changes that would leave none the second sees the first. */
export async function lockOwners(
  tx: Transaction,
  scope: { readonly orgId: string },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ user_id: string }[]>`
    SELECT user_id FROM staff_member
     WHERE org_id = ${scope.orgId} AND role = 'owner' AND disabled_at IS NULL
     ORDER BY user_id FOR UPDATE`
  return rows.map((row) => row.user_id)
}

export interface MemberRow extends StaffMember {
  readonly user: StaffUser
}

export async function listMembers(
  db: Reader,
  scope: { readonly orgId: string },
  window: KeyWindow,
): Promise<MemberRow[]> {
  const members = await db.staffMember.findMany({
    where: { orgId: scope.orgId, userId: beyond(window) },
    orderBy: { userId: window.direction },
    take: window.take,
  })
  const ids = members.map((member) => member.userId)
  const users = await db.staffUser.findMany({ where: { id: { in: ids } } })
  const byId = new Map(users.map((user) => [user.id, user]))
  return members.flatMap((member) => {
    const user = byId.get(member.userId)
    return user === undefined ? [] : [{ ...member, user }]
  })
}

/** Of a member, also a former one; null for anybody else's user. */
export async function findMemberName(
  db: Reader,
  scope: { readonly orgId: string },
  userId: string,
): Promise<string | null> {
  const member = await findMembership(db, scope, userId)
  const user = member === null ? null : await db.staffUser.findUnique({ where: { id: userId } })
  return user?.name ?? null
}

/** By id, of those that there are. */
export async function listUserNames(
  db: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const users = await db.staffUser.findMany({ where: { id: { in: [...ids] } } })
  return new Map(users.map(({ id, name }) => [id, name]))
}
