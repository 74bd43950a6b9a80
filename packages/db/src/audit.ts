import type { Database, Transaction } from './database.ts'
import type { AuditRecord, Prisma } from './generated/client.ts'
import { beyond, type KeyWindow } from './keyset.ts'

export interface NewAuditRecord {
  readonly id: string
  readonly orgId: string
  readonly appId: string | null
  readonly actor: string
  readonly action: string
  readonly target: string
  readonly changes: Prisma.InputJsonObject | null
  readonly requestId: string | null
  readonly address: string | null
}

export async function insertAuditRecord(tx: Transaction, record: NewAuditRecord): Promise<void> {
  const { changes, ...fields } = record
  await tx.auditRecord.create({ data: changes === null ? fields : { ...fields, changes } })
}

export async function insertAuditRecords(
  tx: Transaction,
  records: readonly NewAuditRecord[],
): Promise<void> {
  const data = records.map(({ changes, ...fields }) =>
    changes === null ? fields : { ...fields, changes },
  )
  await tx.auditRecord.createMany({ data })
}

export interface AuditWindow {
  readonly window: KeyWindow
  /** Ids between which all lie; null: no bound. */
  readonly range: { readonly from: string | null; readonly to: string | null }
}

export function listAuditRecords(
  db: Pick<Database['prisma'], 'auditRecord'>,
  scope: { readonly orgId: string },
  { window, range }: AuditWindow,
): Promise<AuditRecord[]> {
  const bounds = [
    { id: beyond(window) },
    range.from === null ? {} : { id: { gte: range.from } },
    range.to === null ? {} : { id: { lt: range.to } },
  ]
  return db.auditRecord.findMany({
    where: { orgId: scope.orgId, AND: bounds },
    orderBy: { id: window.direction },
    take: window.take,
  })
}

interface AuditedDeed {
  readonly target: string
  readonly action: string
  /** The record's least id that counts. */
  readonly from: string
}

/** When that was first done to the target from then on; null: it is not on the record. */
export async function findFirstAuditedAt(
  db: Pick<Database['prisma'], 'auditRecord'>,
  { orgId }: { readonly orgId: string },
  { target, action, from }: AuditedDeed,
): Promise<Date | null> {
  const record = await db.auditRecord.findFirst({
    where: { orgId, target, action, id: { gte: from } },
    orderBy: { id: 'asc' },
    select: { createdAt: true },
  })
  return record?.createdAt ?? null
}
