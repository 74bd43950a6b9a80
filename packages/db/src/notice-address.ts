import type { Database, Transaction } from './database.ts'
import type { ApplicationKey } from './endpoint.ts'
import type { NoticeAddress, Prisma, PrismaClient } from './generated/client.ts'

export type NoticeAddressRow = NoticeAddress

type Reader = Pick<Database['prisma'], 'noticeAddress'>
type AppKey = Pick<ApplicationKey, 'appId'>

export type NewNoticeAddress = Pick<
  NoticeAddress,
  'id' | 'email' | 'notices' | 'language' | 'confirmBy' | 'createdAt'
> & {
  readonly token: Uint8Array<ArrayBuffer>
  readonly tokenHash: Uint8Array<ArrayBuffer>
}

export function insertNoticeAddress(
  tx: Transaction,
  { appId }: AppKey,
  address: NewNoticeAddress,
): Promise<NoticeAddress> {
  return tx.noticeAddress.create({ data: { ...address, appId } })
}

/** Without those that nobody confirmed in time: they are as good as gone. */
export function listNoticeAddresses(
  db: Reader,
  { appId }: AppKey,
  now: Date,
): Promise<NoticeAddress[]> {
  return db.noticeAddress.findMany({
    where: { appId, OR: [{ confirmedAt: { not: null } }, { confirmBy: { gt: now } }] },
    orderBy: { id: 'asc' },
  })
}

export function findNoticeAddress(
  db: Reader,
  { appId }: AppKey,
  id: string,
): Promise<NoticeAddress | null> {
  return db.noticeAddress.findFirst({ where: { id, appId } })
}

/** Whoever tells it something holds it first: two workers never tell the same. */
export async function lockNoticeAddress(
  tx: Transaction,
  id: string,
): Promise<NoticeAddress | null> {
  await tx.$queryRaw`SELECT 1 FROM notice_address WHERE id = ${id} FOR UPDATE`
  return tx.noticeAddress.findUnique({ where: { id } })
}

export type NoticeAddressChange = Partial<
  Pick<NoticeAddress, 'notices' | 'confirmedAt' | 'newsSince' | 'toldAt'>
> & { readonly told?: Prisma.InputJsonObject }

export async function updateNoticeAddress(
  db: Reader,
  id: string,
  data: NoticeAddressChange,
): Promise<void> {
  await db.noticeAddress.updateMany({ where: { id }, data })
}

/** With what it was still to be told. */
export async function deleteNoticeAddress(
  db: Reader,
  { appId }: AppKey,
  id: string,
): Promise<boolean> {
  const { count } = await db.noticeAddress.deleteMany({ where: { id, appId } })
  return count > 0
}

export async function deleteNoticeAddressesOf(db: Reader, { appId }: AppKey): Promise<void> {
  await db.noticeAddress.deleteMany({ where: { appId } })
}

/** Those that nobody confirmed in time. */
export async function deleteUnconfirmed(
  db: Reader,
  { appId, now }: AppKey & { readonly now: Date },
): Promise<void> {
  await db.noticeAddress.deleteMany({
    where: { appId, confirmedAt: null, confirmBy: { lte: now } },
  })
}

export interface LinkedNoticeAddress extends Pick<
  NoticeAddress,
  'id' | 'appId' | 'email' | 'notices' | 'language' | 'confirmBy' | 'confirmedAt'
> {
  readonly orgId: string
  readonly appName: string
}

/** Whose link it is. */
export async function findNoticeAddressByToken(
  db: Pick<PrismaClient, '$queryRaw'>,
  tokenHash: Uint8Array,
): Promise<LinkedNoticeAddress | null> {
  const rows = await db.$queryRaw<LinkedNoticeAddress[]>`
    SELECT n.id, n.app_id AS "appId", n.email, n.notices, n.language, n.confirm_by AS "confirmBy",
           n.confirmed_at AS "confirmedAt", a.org_id AS "orgId", a.name AS "appName"
      FROM notice_address n JOIN application a ON a.id = n.app_id AND a.deleted_at IS NULL
     WHERE n.token_hash = ${tokenHash}`
  return rows[0] ?? null
}

/** Confirmed ones of these applications, and those that were told something of others. */
export function listTellableAddresses(
  db: Reader,
  appIds: readonly string[],
): Promise<NoticeAddress[]> {
  return db.noticeAddress.findMany({
    where: {
      confirmedAt: { not: null },
      OR: [
        { appId: { in: [...appIds] } },
        { NOT: { told: { equals: {} } } },
        { newsSince: { not: null } },
      ],
    },
    orderBy: { id: 'asc' },
  })
}
