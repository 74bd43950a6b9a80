import { inTransaction } from '@posthorn/db'
import {
  type AlertMeasure,
  type AlertRuleRow,
  deleteOldNotifications,
  insertAlertNotification,
  listEveryAlertRule,
  lockAlertRule,
  measureAlert,
  noteAlertLook,
  updateAlertRule,
} from '@posthorn/db/alert'
import { firstIdAt, newId } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'
import { ALERT_CONDITIONS, isBeyond } from './alert-condition.ts'
import { alertContent } from './alert-content.ts'
import { type AlertDecision, decideAlert } from './decide-alert.ts'

type Context = Pick<CoreContext, 'db' | 'clock'>

const KEPT_MS = 30 * 86_400_000
const MAX_GAP_SECONDS = 60
const LOOKS_IN_WINDOW = 60

/**
 * Looks at every rule whose turn it is, and answers how many notifications were written: each in the transaction
 * that says so. One worker at a time does this for economy; two at once tell nothing twice, as a rule is held
 * while it is decided on. A rule that can't be looked at keeps no other from it.
 */
export async function evaluateAlerts(ctx: Context): Promise<number> {
  const rules = await listEveryAlertRule(ctx.db.prisma)
  const nowMs = ctx.clock.nowMs()
  const measures = new Map<string, Promise<AlertMeasure>>()
  let written = 0
  const failures: unknown[] = []
  for (const rule of rules.filter((one) => isItsTurn(one, nowMs))) {
    try {
      const measure = await measureOnce(ctx, rule, measures)
      if (await settle(ctx, rule, measure)) written++
    } catch (err) {
      failures.push(err)
    }
  }
  const oldest = firstIdAt('ntf_', nowMs - KEPT_MS)
  if (rules.length > 0) await deleteOldNotifications(ctx.db.prisma, oldest)
  if (failures.length > 0)
    throw new AggregateError(failures, 'Some alert rules were not looked at.')
  return written
}

/** Sums of rollups cost more than the other looks, and change the slower the longer their window is. */
function isItsTurn({ condition, windowSeconds, observedAt }: AlertRuleRow, nowMs: number): boolean {
  if (observedAt === null || !ALERT_CONDITIONS[condition].sums) return true
  const everySeconds = Math.min(MAX_GAP_SECONDS, windowSeconds / LOOKS_IN_WINDOW)
  return nowMs - observedAt.getTime() >= everySeconds * 1000
}

/** Rules that look at the same thing share the look. */
function measureOnce(
  { db }: Context,
  { orgId, condition, windowSeconds }: AlertRuleRow,
  measures: Map<string, Promise<AlertMeasure>>,
): Promise<AlertMeasure> {
  const key = `${orgId} ${condition} ${windowSeconds}`
  const known = measures.get(key)
  if (known !== undefined) return known
  const measure = measureAlert(db.prisma, { orgId, condition, windowSeconds })
  measures.set(key, measure)
  return measure
}

async function settle(ctx: Context, rule: AlertRuleRow, measure: AlertMeasure): Promise<boolean> {
  const seen = { observed: measure.value, observedAt: new Date(ctx.clock.nowMs()) }
  if (isSame(rule, decide(ctx, rule, measure))) {
    await noteAlertLook(ctx.db.prisma, rule, seen)
    return false
  }
  return inTransaction(ctx.db, async (tx) => {
    const held = await lockAlertRule(tx, rule, rule.id)
    // What was measured is another rule's by now: the next look does it justice.
    if (held === null || !isSameQuestion(held, rule)) return false
    const { news, ...standing } = decide(ctx, held, measure)
    await updateAlertRule(tx, rule, { id: rule.id, ...seen, ...standing })
    if (news === null) return false
    const now = new Date(ctx.clock.nowMs())
    const firingSince = standing.firingSince ?? held.firingSince
    await insertAlertNotification(tx, {
      id: newId('ntf_', now.getTime()),
      ruleId: held.id,
      kind: news,
      content: alertContent(held, { measure, firingSince, now }),
      nextAttemptAt: now,
    })
    return true
  })
}

function decide({ clock }: Context, rule: AlertRuleRow, { value }: AlertMeasure): AlertDecision {
  const { condition, threshold, windowSeconds, reminderSeconds, mutedUntil } = rule
  const { beyondSince, firingSince, told, notifiedAt } = rule
  return decideAlert(
    { beyondSince, firingSince, told, notifiedAt },
    {
      isBeyond: value === null ? null : isBeyond({ condition, threshold }, value),
      holdSeconds: ALERT_CONDITIONS[condition].lasts ? windowSeconds : 0,
      reminderSeconds,
      mutedUntil,
      now: new Date(clock.nowMs()),
    },
  )
}

function isSame(rule: AlertRuleRow, { news, beyondSince, firingSince }: AlertDecision): boolean {
  if (news !== null) return false
  const isSameTime = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime()
  return isSameTime(rule.beyondSince, beyondSince) && isSameTime(rule.firingSince, firingSince)
}

function isSameQuestion(a: AlertRuleRow, b: AlertRuleRow): boolean {
  return a.condition === b.condition && a.windowSeconds === b.windowSeconds
}
