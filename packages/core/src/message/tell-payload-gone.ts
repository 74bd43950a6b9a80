import type { MessageOrigin } from '@posthorn/db'
import { findFirstAuditedAt } from '@posthorn/db/staff'
import { type Clock, firstIdAt, idTimeMs } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { findRulesOfApplication } from '../application/payload-retention.ts'
import type { TaskType } from '../task/task-input.ts'
import { EXPUNGE_ACTION } from './expunge-message-content.ts'
import type { PayloadKeepingContext } from './payload-kept-until.ts'

/** By whose rule a payload went: its publish's, its application's; or somebody removed it before; or nothing tells. */
export type PayloadRule = 'published' | 'application' | 'removed' | 'unknown'

export interface PayloadGone {
  readonly rule: PayloadRule
  /** Null: not known. */
  readonly at: Date | null
}

export interface PayloadGoneContext extends PayloadKeepingContext {
  readonly clock: Clock
}

const DAY_MS = 86_400_000
const PURGE_ACTION: TaskType = 'application.purge_content'

/**
 * Null: it is there. Of an application's rules only the present one is stored: nothing is said that one before it
 * could make untrue.
 */
export async function tellPayloadGone(
  ctx: PayloadGoneContext,
  scope: AppScope,
  { messageId, origin }: { readonly messageId: string; readonly origin: MessageOrigin },
): Promise<PayloadGone | null> {
  if (origin.hasPayload) return null
  const publishedAtMs = idTimeMs('msg_', messageId) ?? 0
  const from = firstIdAt('audit_', publishedAtMs)
  const firstDone = (action: string, target: string) =>
    findFirstAuditedAt(ctx.db.prisma, scope, { action, target, from })
  const removedAt = await firstDone(EXPUNGE_ACTION, messageId)
  if (removedAt !== null) return { rule: 'removed', at: removedAt }
  const purgedAt = await firstDone(PURGE_ACTION, scope.appId)
  const lastMs = Math.min(ctx.clock.nowMs(), purgedAt?.getTime() ?? Number.POSITIVE_INFINITY)
  const end = await endOf(ctx, scope, { publishedAtMs, origin })
  if (end !== null && end.byMs <= lastMs) return { rule: end.rule, at: end.at }
  return { rule: purgedAt === null ? 'unknown' : 'removed', at: null }
}

interface PayloadEnd extends PayloadGone {
  /** By then it was over. */
  readonly byMs: number
}

/** By the rule that holds for the message. Null: it has no end but the message's own. */
async function endOf(
  ctx: PayloadGoneContext,
  scope: AppScope,
  message: { readonly publishedAtMs: number; readonly origin: MessageOrigin },
): Promise<PayloadEnd | null> {
  const { publishedAtMs, origin } = message
  const published = origin.payloadExpiresAt
  if (published !== null) return { rule: 'published', at: published, byMs: published.getTime() }
  const { own } = await findRulesOfApplication(ctx, ctx.db.prisma, scope)
  if (own === null) return null
  const endMs = publishedAtMs + own.payloadDays * DAY_MS
  const changedAtMs = own.changedAt.getTime()
  const at = changedAtMs <= publishedAtMs ? new Date(endMs) : null
  return { rule: 'application', at, byMs: Math.max(endMs, changedAtMs) }
}
