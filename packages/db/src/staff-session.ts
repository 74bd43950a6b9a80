import type { Database, Transaction } from './database.ts'
import type { StaffSession } from './generated/client.ts'

type Reader = Pick<Database['prisma'], 'staffSession'>
type Hash = Uint8Array<ArrayBuffer>

export interface NewStaffSession {
  readonly id: string
  readonly tokenHash: Hash
  readonly userId: string
  readonly method: string
  readonly address: string
  readonly userAgent: string
  readonly lastUsedAt: Date
  readonly expiresAt: Date
}

export async function insertStaffSession(tx: Transaction, session: NewStaffSession): Promise<void> {
  await tx.staffSession.create({ data: session })
}

/** The session itself says whose it is. */
export function findStaffSession(db: Reader, tokenHash: Hash): Promise<StaffSession | null> {
  return db.staffSession.findUnique({ where: { tokenHash } })
}

export async function touchStaffSession(db: Reader, id: string, at: Date): Promise<void> {
  await db.staffSession.updateMany({ where: { id }, data: { lastUsedAt: at } })
}

export interface LiveSpan {
  readonly usedAfter: Date
  readonly now: Date
}

export function listStaffSessions(
  db: Reader,
  userId: string,
  { usedAfter, now }: LiveSpan,
): Promise<StaffSession[]> {
  return db.staffSession.findMany({
    where: { userId, lastUsedAt: { gt: usedAfter }, expiresAt: { gt: now } },
    orderBy: { id: 'desc' },
    take: 100,
  })
}

/** How many there were. With `except`: all but that one. */
export async function deleteStaffSessions(
  tx: Transaction,
  userId: string,
  which: { readonly id?: string; readonly except?: string } = {},
): Promise<number> {
  const id =
    which.id === undefined ? (which.except === undefined ? {} : { not: which.except }) : which.id
  const { count } = await tx.staffSession.deleteMany({ where: { userId, id } })
  return count
}

/** Sessions that are over; whoever signs in next sweeps. */
export async function deleteEndedSessions(
  tx: Transaction,
  userId: string,
  { usedAfter, now }: LiveSpan,
): Promise<void> {
  const ended = [{ lastUsedAt: { lte: usedAfter } }, { expiresAt: { lte: now } }]
  await tx.staffSession.deleteMany({ where: { userId, OR: ended } })
}

/** The browsers that a user signed in from, by a token of their own. */
export async function insertStaffDevice(
  tx: Transaction,
  device: { readonly tokenHash: Hash; readonly userId: string; readonly expiresAt: Date },
): Promise<void> {
  await tx.staffDevice.create({ data: device })
}

export async function isStaffDevice(
  db: Pick<Database['prisma'], 'staffDevice'>,
  device: { readonly tokenHash: Hash; readonly userId: string; readonly now: Date },
): Promise<boolean> {
  const { tokenHash, userId, now } = device
  const found = await db.staffDevice.findFirst({
    where: { tokenHash, userId, expiresAt: { gt: now } },
  })
  return found !== null
}

export async function deleteStaffDevices(
  tx: Transaction,
  userId: string,
  expiredAt?: Date,
): Promise<void> {
  const expiresAt = expiredAt === undefined ? {} : { lte: expiredAt }
  await tx.staffDevice.deleteMany({ where: { userId, expiresAt } })
}

export async function replaceRecoveryCodes(
  tx: Transaction,
  userId: string,
  hashes: readonly Hash[],
): Promise<void> {
  await tx.staffRecoveryCode.deleteMany({ where: { userId } })
  await tx.staffRecoveryCode.createMany({ data: hashes.map((hash) => ({ userId, hash })) })
}

/** Uses one up; false when there is no such code, or it was used before. */
export async function takeRecoveryCode(
  db: Pick<Database['prisma'], 'staffRecoveryCode'>,
  userId: string,
  hash: Hash,
): Promise<boolean> {
  const { count } = await db.staffRecoveryCode.deleteMany({ where: { userId, hash } })
  return count === 1
}

export function countRecoveryCodes(
  db: Pick<Database['prisma'], 'staffRecoveryCode'>,
  userId: string,
): Promise<number> {
  return db.staffRecoveryCode.count({ where: { userId } })
}
