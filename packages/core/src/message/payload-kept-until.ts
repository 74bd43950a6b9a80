import { type Database, findPayloadExpiry } from '@posthorn/db'
import { weekStart } from '@posthorn/db/staff'
import { idTimeMs } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { dropsAtMs, retentionDaysInForce } from '../organisation/retention.ts'

const WEEK_MS = 7 * 86_400_000

export interface PayloadKeepingContext {
  readonly db: Database
  /** As the environment says. */
  readonly environmentDays: number
}

/** When a message's payload goes: at its own time, or with the week that the message is in. Null: it is gone. */
export async function payloadKeptUntil(
  ctx: PayloadKeepingContext,
  scope: AppScope,
  messageId: string,
): Promise<Date | null> {
  const payload = await findPayloadExpiry(ctx.db.prisma, scope, messageId)
  const publishedAtMs = idTimeMs('msg_', messageId)
  if (payload === null || publishedAtMs === null) return null
  const days = await retentionDaysInForce(ctx.db, ctx.environmentDays)
  const week = { endsAtMs: weekStart(publishedAtMs) + WEEK_MS }
  const expiresAtMs = payload.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
  return new Date(Math.min(expiresAtMs, dropsAtMs(week, days)))
}
