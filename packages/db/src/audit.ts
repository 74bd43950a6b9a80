import type { Transaction } from './database.ts'
import type { Prisma } from './generated/client.ts'

export interface NewAuditRecord {
  readonly id: string
  readonly orgId: string
  readonly appId: string | null
  readonly actor: string
  readonly action: string
  readonly target: string
  readonly changes: Prisma.InputJsonObject | null
  readonly requestId: string | null
}

export async function insertAuditRecord(tx: Transaction, record: NewAuditRecord): Promise<void> {
  const { changes, ...fields } = record
  await tx.auditRecord.create({ data: changes === null ? fields : { ...fields, changes } })
}
