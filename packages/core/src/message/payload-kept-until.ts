import type { Database, MessageOrigin } from '@posthorn/db'
import { WEEK_MS, weekStart } from '@posthorn/db/staff'
import { idTimeMs } from '@posthorn/runtime'
import { dropsAtMs, retentionDaysInForce } from '../organisation/retention.ts'

export interface PayloadKeepingContext {
  readonly db: Database
  /** As the environment says. */
  readonly environmentDays: number
}

/** When a message's payload goes: at its own time, or with the week that the message is in. Null: it is gone. */
export async function payloadKeptUntil(
  ctx: PayloadKeepingContext,
  messageId: string,
  { hasPayload, payloadExpiresAt }: MessageOrigin,
): Promise<Date | null> {
  const publishedAtMs = idTimeMs('msg_', messageId)
  if (!hasPayload || publishedAtMs === null) return null
  const days = await retentionDaysInForce(ctx.db, ctx.environmentDays)
  const week = { endsAtMs: weekStart(publishedAtMs) + WEEK_MS }
  const expiresAtMs = payloadExpiresAt?.getTime() ?? Number.POSITIVE_INFINITY
  return new Date(Math.min(expiresAtMs, dropsAtMs(week, days)))
}
