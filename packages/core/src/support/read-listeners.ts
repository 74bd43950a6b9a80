import type { Database } from '@posthorn/db'
import { findListeners, type Listeners } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import { getEventType } from '../event-type/get-event-type.ts'

/** Who would no longer be told if an event type weren't published any more. */
export async function readListeners(
  ctx: { readonly db: Database },
  scope: OrgScope,
  name: string,
): Promise<Listeners> {
  await getEventType(ctx, scope, { name, flags: null })
  return findListeners(ctx.db.prisma, { orgId: scope.orgId, name })
}
