import { type Database, inTransaction } from '@posthorn/db'
import { findApplicationNote, saveApplicationNote } from '@posthorn/db/staff'
import type { Clock } from '@posthorn/runtime'
import { actorText, type AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { type DoneBy, tellDoneBy } from '../done-by.ts'

export interface ApplicationNote {
  readonly text: string
  readonly changedAt: Date
  readonly by: DoneBy | null
}

type Context = { readonly db: Database }

/** What staff wrote down; null: nothing. */
export async function readApplicationNote(
  ctx: Context,
  scope: AppScope,
): Promise<ApplicationNote | null> {
  const note = await findApplicationNote(ctx.db.prisma, scope)
  if (note === null) return null
  const { text, changedAt, changedBy } = note
  return { text, changedAt, by: await tellDoneBy(ctx, scope, changedBy) }
}

/** Empty: takes it away. The record tells that it changed, not what it says: that may be about people. */
export async function changeApplicationNote(
  ctx: Context & { readonly clock: Clock },
  scope: AppScope,
  text: string,
): Promise<ApplicationNote | null> {
  await inTransaction(ctx.db, async (tx) => {
    const before = await findApplicationNote(tx, scope)
    if ((before?.text ?? '') === text) return
    const changedAt = new Date(ctx.clock.nowMs())
    await saveApplicationNote(tx, scope, { text, changedBy: actorText(scope.actor), changedAt })
    await recordAudit(tx, scope, { action: 'application.note', target: scope.appId })
  })
  return readApplicationNote(ctx, scope)
}
