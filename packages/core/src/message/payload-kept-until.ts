import type { Database, MessageOrigin } from '@posthorn/db'
import { WEEK_MS, weekStart } from '@posthorn/db/staff'
import { idTimeMs } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { findRulesOfApplication, payloadGoesAtMs } from '../application/payload-retention.ts'
import { dropsAtMs } from '../organisation/retention.ts'

export interface PayloadKeepingContext {
  readonly db: Database
  /** As the environment says. */
  readonly environmentDays: number
}

/** When a message's payload goes. Null: it is gone. */
export async function payloadKeptUntil(
  ctx: PayloadKeepingContext,
  scope: AppScope,
  { messageId, origin }: { readonly messageId: string; readonly origin: MessageOrigin },
): Promise<Date | null> {
  const publishedAtMs = idTimeMs('msg_', messageId)
  if (!origin.hasPayload || publishedAtMs === null) return null
  const { own, installationDays } = await findRulesOfApplication(ctx, ctx.db.prisma, scope)
  const week = { endsAtMs: weekStart(publishedAtMs) + WEEK_MS }
  const goesAtMs = payloadGoesAtMs(publishedAtMs, {
    ownExpiryMs: origin.payloadExpiresAt?.getTime() ?? null,
    applicationDays: own?.payloadDays ?? null,
    messageDropsAtMs: dropsAtMs(week, installationDays),
  })
  return new Date(goesAtMs)
}
