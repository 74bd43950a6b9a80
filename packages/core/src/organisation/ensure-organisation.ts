import { findOrganisation, inTransaction, insertOrganisation } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'

/** An organisation exists once a token names it, and its reserved application with it. */
export async function ensureOrganisation(ctx: CoreContext, orgId: string): Promise<void> {
  if ((await findOrganisation(ctx.db.prisma, orgId)) !== null) return
  const operationalAppId = newId('app_', ctx.clock.nowMs())
  await inTransaction(ctx.db, (tx) => insertOrganisation(tx, { id: orgId, operationalAppId }))
}
