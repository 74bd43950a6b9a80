import { type Database, inTransaction, type Transaction } from '@posthorn/db'
import {
  countOthersOrganisations,
  findInstallation,
  listWeeks,
  lockInstallation,
  saveRetentionDays,
  type StoredWeek,
  weekStart,
} from '@posthorn/db/staff'
import type { Clock } from '@posthorn/runtime'
import { type Actor, actorText, type OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordEverywhere } from '../audit/record-everywhere.ts'
import type { CoreContext } from '../context.ts'
import { ForbiddenError } from '../errors.ts'
import { dayOf, requireDay } from './confirm-day.ts'

const DAY_MS = 86_400_000

/** How long messages, deliveries and attempts stay: what owners chose in the console, else what the environment says. */
export async function retentionDaysInForce(
  db: Pick<Database, 'prisma'>,
  environmentDays: number,
): Promise<number> {
  return (await chosenRetentionDays(db)) ?? environmentDays
}

/** What owners chose in the console; null: nothing. */
export async function chosenRetentionDays(db: Pick<Database, 'prisma'>): Promise<number | null> {
  return (await findInstallation(db.prisma))?.retentionDays ?? null
}

/** Whole weeks are dropped, so that this is always a Monday. */
function dropsBeforeMs(nowMs: number, days: number): number {
  return weekStart(nowMs - days * DAY_MS)
}

export interface RetentionContext extends Pick<CoreContext, 'db'> {
  readonly clock: Clock
  /** As the environment says. */
  readonly environmentDays: number
}

export interface Retention {
  readonly days: number
  /** Null: nobody chose one here. */
  readonly chosenDays: number | null
  readonly changedBy: string | null
  readonly changedAt: Date | null
  readonly weeks: readonly StoredWeek[]
  /** Organisations in use that whoever asks is no owner of; null: only users of the console can be. */
  readonly othersOrganisations: number | null
}

export async function getRetention(ctx: RetentionContext, scope: OrgScope): Promise<Retention> {
  const row = await findInstallation(ctx.db.prisma)
  return {
    days: row?.retentionDays ?? ctx.environmentDays,
    chosenDays: row?.retentionDays ?? null,
    changedBy: row?.changedBy ?? null,
    changedAt: row?.changedAt ?? null,
    weeks: await listWeeks(ctx.db.hot),
    othersOrganisations: await countOthers(ctx.db.prisma, scope.actor),
  }
}

function countOthers(db: Transaction, actor: Actor): Promise<number | null> {
  return actor.kind === 'user' ? countOthersOrganisations(db, actor.id) : Promise.resolve(null)
}

/** When a week goes: what it holds is then older than `days`, the whole of it. */
export function dropsAtMs(week: Pick<StoredWeek, 'endsAtMs'>, days: number): number {
  return week.endsAtMs + days * DAY_MS
}

export interface RetentionPreview {
  readonly days: number
  readonly currentDays: number
  readonly dropsBefore: Date
  /** Those that would go at once. */
  readonly weeks: readonly StoredWeek[]
}

/** What keeping for `days` would drop, before anything is. Null: as the environment says. */
export async function previewRetention(
  ctx: RetentionContext,
  chosenDays: number | null,
): Promise<RetentionPreview> {
  const days = chosenDays ?? ctx.environmentDays
  const beforeMs = dropsBeforeMs(ctx.clock.nowMs(), days)
  const weeks = await listWeeks(ctx.db.hot)
  return {
    days,
    currentDays: await retentionDaysInForce(ctx.db, ctx.environmentDays),
    dropsBefore: new Date(beforeMs),
    weeks: weeks.filter((week) => week.endsAtMs <= beforeMs),
  }
}

export interface RetentionChange {
  /** Null: as the environment says. */
  readonly chosenDays: number | null
  /** To lower it: the day before which everything goes, as the preview names it. */
  readonly confirmation: string | null
}

/**
 * For all organisations at once, so it is for whoever owns them all, and stands in the record of each. The
 * workers drop by it at their next upkeep.
 */
export async function changeRetention(
  ctx: RetentionContext,
  scope: OrgScope,
  change: RetentionChange,
): Promise<void> {
  const nowMs = ctx.clock.nowMs()
  await inTransaction(ctx.db, async (tx) => {
    await lockInstallation(tx)
    await requireAllOrganisations(tx, scope.actor)
    const before = (await findInstallation(tx))?.retentionDays ?? null
    const isLower = daysOf(ctx, change.chosenDays) < daysOf(ctx, before)
    const dropsBefore = dayOf(dropsBeforeMs(nowMs, daysOf(ctx, change.chosenDays)))
    if (isLower)
      requireDay(change.confirmation, dropsBefore, `drop everything before ${dropsBefore}`)
    if (before === change.chosenDays) return
    await saveRetentionDays(tx, {
      retentionDays: change.chosenDays,
      changedBy: actorText(scope.actor),
      at: new Date(nowMs),
    })
    const fields = { retentionDays: change.chosenDays, ...(isLower ? { dropsBefore } : {}) }
    const changes = diffChanges({ retentionDays: before }, fields)
    const entry = { action: 'installation.retention', target: 'installation', changes }
    await recordEverywhere(tx, scope, entry)
  })
}

function daysOf(ctx: RetentionContext, chosenDays: number | null): number {
  return chosenDays ?? ctx.environmentDays
}

async function requireAllOrganisations(tx: Transaction, actor: Actor): Promise<void> {
  const others = await countOthers(tx, actor)
  if (others === null)
    throw new ForbiddenError('This holds for all organisations: a user who owns them all may.')
  if (others > 0)
    throw new ForbiddenError(
      `This holds for all organisations, and ${others} of them aren't yours: it needs an owner of all.`,
    )
}
