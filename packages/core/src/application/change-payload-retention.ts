import { type Database, inTransaction, type Transaction } from '@posthorn/db'
import {
  countExpiring,
  deleteApplicationRetention,
  lockApplicationRetention,
  saveApplicationRetention,
} from '@posthorn/db/staff'
import { type Clock, firstIdAt } from '@posthorn/runtime'
import { actorText, type AppScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { InvalidInputError } from '../errors.ts'
import { dayOf, requireDay } from '../organisation/confirm-day.ts'
import {
  daysInForce,
  findRulesOfApplication,
  type RulesOfApplication,
} from './payload-retention.ts'

const DAY_MS = 86_400_000
const COUNTED_TO = 10_000

export interface PayloadRetentionContext {
  readonly db: Database
  readonly clock: Clock
  /** As the environment says. */
  readonly environmentDays: number
}

export interface PayloadRetentionPreview {
  readonly days: number
  readonly currentDays: number
  /** What was published earlier loses its payload, but where the publish said otherwise. */
  readonly emptiedBefore: Date
  /** How many would go at once, of the oldest 10,000 messages. */
  readonly payloads: number
  /** There may be more than were looked at. */
  readonly isCapped: boolean
  /** The day to confirm it with; null: nothing is lost. */
  readonly confirmation: string | null
}

/** What keeping payloads for `days` would take, before anything is taken. Null: as the installation says. */
export function previewPayloadRetention(
  ctx: PayloadRetentionContext,
  scope: AppScope,
  days: number | null,
): Promise<PayloadRetentionPreview> {
  return inTransaction(ctx.db, async (tx) => {
    const rules = await findRulesOfApplication(ctx, tx, scope)
    requireWithinInstallation(days, rules, 'query')
    return preview(tx, scope, { rules, days, nowMs: ctx.clock.nowMs() })
  })
}

export interface PayloadRetentionChange {
  /** Null: as the installation says. */
  readonly days: number | null
  /** Where payloads would go at once: the preview's. */
  readonly confirmation: string | null
}

/**
 * Holds for what is stored, too. Shorter: the clean-up's next rounds take what is older. Longer: what is still there
 * stays, what is gone stays gone.
 */
export async function changePayloadRetention(
  ctx: PayloadRetentionContext,
  scope: AppScope,
  { days, confirmation }: PayloadRetentionChange,
): Promise<void> {
  const nowMs = ctx.clock.nowMs()
  await inTransaction(ctx.db, async (tx) => {
    await lockApplicationRetention(tx, scope)
    const rules = await findRulesOfApplication(ctx, tx, scope)
    requireWithinInstallation(days, rules, 'body')
    const before = rules.own?.payloadDays ?? null
    if (before === days) return
    const { confirmation: day } = await preview(tx, scope, { rules, days, nowMs })
    if (day !== null) requireDay(confirmation, day, `take payloads of messages up to ${day}`)
    await saveDays(tx, scope, { days, nowMs })
    const fields = { payloadDays: days, ...(day === null ? {} : { emptiedTo: day }) }
    const changes = diffChanges({ payloadDays: before }, fields)
    await recordAudit(tx, scope, { action: 'application.retention', target: scope.appId, changes })
  })
}

function requireWithinInstallation(
  days: number | null,
  { installationDays }: RulesOfApplication,
  place: 'body' | 'query',
): void {
  if (days === null || days <= installationDays) return
  const message = `Must be at most ${installationDays}: messages are dropped after that many days in this installation, payloads with them. Choose fewer days, or let its owners keep messages longer first.`
  throw new InvalidInputError([{ path: [place, 'days'], message }])
}

interface Considered {
  readonly rules: RulesOfApplication
  readonly days: number | null
  readonly nowMs: number
}

async function preview(
  tx: Transaction,
  scope: AppScope,
  { rules: { own, installationDays }, days: chosen, nowMs }: Considered,
): Promise<PayloadRetentionPreview> {
  const days = daysInForce(chosen, installationDays)
  const currentDays = daysInForce(own?.payloadDays ?? null, installationDays)
  const emptiedBeforeMs = nowMs - days * DAY_MS
  const range = { afterId: own?.doneTo ?? '', beforeId: firstIdAt('msg_', emptiedBeforeMs) }
  // Messages go by whole weeks, payloads by the day: as many days as the installation's are fewer, too.
  const mayTake = chosen !== null && chosen < (own?.payloadDays ?? Number.POSITIVE_INFINITY)
  const { looked, payloads } = mayTake
    ? await countExpiring(tx, { appId: scope.appId, ...range, limit: COUNTED_TO })
    : { looked: 0, payloads: 0 }
  const isCapped = looked === COUNTED_TO
  return {
    days,
    currentDays,
    emptiedBefore: new Date(emptiedBeforeMs),
    payloads,
    isCapped,
    confirmation: payloads > 0 || isCapped ? dayOf(emptiedBeforeMs) : null,
  }
}

async function saveDays(
  tx: Transaction,
  scope: AppScope,
  { days, nowMs }: { readonly days: number | null; readonly nowMs: number },
): Promise<void> {
  if (days === null) return deleteApplicationRetention(tx, scope)
  await saveApplicationRetention(tx, scope, {
    payloadDays: days,
    changedBy: actorText(scope.actor),
    changedAt: new Date(nowMs),
  })
}
