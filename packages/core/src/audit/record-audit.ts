import { insertAuditRecord, type Transaction } from '@posthorn/db'
import { insertAuditRecords } from '@posthorn/db/staff'
import { newId } from '@posthorn/runtime'
import { actorText, type OrgScope } from '../actor.ts'
import type { AuditChanges } from './diff-changes.ts'

export interface AuditEntry {
  /** What was done, as the operation is called: `endpoint.update`, `api_key.create`. */
  readonly action: string
  /** The id (or the event type's name) of what it was done to. */
  readonly target: string
  /** Never a secret's value: `WITHHELD` stands in for it. */
  readonly changes?: AuditChanges
}

/** One row per change of configuration or access, in the transaction of that change. */
export async function recordAudit(
  tx: Transaction,
  scope: OrgScope & { readonly appId?: string },
  entry: AuditEntry,
): Promise<void> {
  await insertAuditRecord(tx, toRow(scope, entry))
}

/** Many at once, in their order. */
export async function recordAudits(
  tx: Transaction,
  scope: OrgScope,
  entries: readonly AuditEntry[],
): Promise<void> {
  await insertAuditRecords(
    tx,
    entries.map((entry) => toRow(scope, entry)),
  )
}

function toRow(scope: OrgScope & { readonly appId?: string }, entry: AuditEntry) {
  return {
    id: newId('audit_', Date.now()),
    orgId: scope.orgId,
    appId: scope.appId ?? null,
    actor: actorText(scope.actor),
    action: entry.action,
    target: entry.target,
    changes: entry.changes ?? null,
    requestId: scope.requestId ?? null,
    address: scope.address ?? null,
  }
}
