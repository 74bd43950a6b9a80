import type { Transaction } from '@posthorn/db'
import { listOrganisationsInUse } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import { type AuditEntry, recordAudit } from './record-audit.ts'

/** What concerns all organisations stands in the record of each. */
export async function recordEverywhere(
  tx: Transaction,
  scope: OrgScope,
  entry: AuditEntry,
): Promise<void> {
  for (const orgId of await listOrganisationsInUse(tx))
    await recordAudit(tx, { ...scope, orgId }, entry)
}
