import { type Database, inTransaction } from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'

/** Who of the staff had the contents of whose messages before their eyes. */
export async function recordPayloadRead(
  ctx: { readonly db: Database },
  scope: OrgScope & { readonly appId?: string },
  target: string,
): Promise<void> {
  await inTransaction(ctx.db, (tx) => recordAudit(tx, scope, { action: 'message.read', target }))
}
