import { type Transaction } from '@posthorn/db'
import { listMemberships } from '@posthorn/db/staff'
import { type AuditEntry, recordAudit } from '../audit/record-audit.ts'

/** What a user does to their own account stands in the record of each organisation that they may enter. */
export async function recordUserAudit(
  tx: Transaction,
  userId: string,
  entry: AuditEntry,
): Promise<void> {
  const actor = { kind: 'user', id: userId } as const
  for (const { orgId } of await listMemberships(tx, userId)) {
    await recordAudit(tx, { orgId, actor }, entry)
  }
}
