import type { MessageOrigin } from '@posthorn/db'
import { findAuditedAt } from '@posthorn/db/staff'
import { type Clock, idTimeMs } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { findRulesOfApplication } from '../application/payload-retention.ts'
import { EXPUNGE_ACTION } from './expunge-message-content.ts'
import type { PayloadKeepingContext } from './payload-kept-until.ts'

/** By whose rule a payload went: its publish's, its application's, or somebody removed it before. */
export type PayloadRule = 'published' | 'application' | 'removed'

export interface PayloadGone {
  readonly rule: PayloadRule
  /** Null: not known. */
  readonly at: Date | null
}

export interface PayloadGoneContext extends PayloadKeepingContext {
  readonly clock: Clock
}

const DAY_MS = 86_400_000

/** Null: it is there. */
export async function tellPayloadGone(
  ctx: PayloadGoneContext,
  scope: AppScope,
  { messageId, origin }: { readonly messageId: string; readonly origin: MessageOrigin },
): Promise<PayloadGone | null> {
  if (origin.hasPayload) return null
  const done = { target: messageId, action: EXPUNGE_ACTION }
  const removedAt = await findAuditedAt(ctx.db.prisma, scope, done)
  if (removedAt !== null) return { rule: 'removed', at: removedAt }
  const isOver = (at: Date | null) => at !== null && at.getTime() <= ctx.clock.nowMs()
  if (isOver(origin.payloadExpiresAt)) return { rule: 'published', at: origin.payloadExpiresAt }
  const { own } = await findRulesOfApplication(ctx, ctx.db.prisma, scope)
  const endedAt = applicationEnd(messageId, own?.payloadDays ?? null)
  if (isOver(endedAt)) return { rule: 'application', at: endedAt }
  return { rule: 'removed', at: null }
}

function applicationEnd(messageId: string, days: number | null): Date | null {
  const publishedAtMs = idTimeMs('msg_', messageId)
  return days === null || publishedAtMs === null ? null : new Date(publishedAtMs + days * DAY_MS)
}
