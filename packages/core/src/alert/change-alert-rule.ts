import { inTransaction } from '@posthorn/db'
import {
  type AlertCondition,
  type AlertRuleRow,
  deleteAlertRule as deleteRow,
  findAlertRule,
  lockAlertRule,
  updateAlertRule as updateRow,
} from '@posthorn/db/alert'
import type { OrgScope } from '../actor.ts'
import { diffChanges, WITHHELD } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { checkThreshold } from './alert-condition.ts'
import { type AlertContext, type AlertRuleInput, chooseTarget } from './alert-rule-input.ts'
import { type AlertTarget, openTarget, sealTarget, showTarget } from './alert-target.ts'
import { type AlertRuleView, orNotFound, viewRule } from './get-alert-rule.ts'

/** It stands as it stood: the next look decides by what it asks then. */
export async function updateAlertRule(
  ctx: AlertContext,
  scope: OrgScope,
  { id, target: given, ...fields }: Partial<AlertRuleInput> & { readonly id: string },
): Promise<AlertRuleView> {
  return inTransaction(ctx.db, async (tx) => {
    const before = await orNotFound(lockAlertRule(tx, scope, id))
    const { condition = before.condition, threshold = before.threshold } = fields
    checkThreshold(condition, threshold)
    const old = openTarget(ctx, before.target)
    const target = given === undefined ? old : chooseTarget(ctx, given, old)
    const sealed = { targetKind: target.kind, target: sealTarget(ctx, target) }
    const updatedAt = new Date(ctx.clock.nowMs())
    await updateRow(tx, scope, {
      id,
      ...fields,
      ...unseen(before, condition),
      ...sealed,
      updatedAt,
    })
    const shown = { ...pick(before, fields), target: auditedTarget(old, old) }
    const changes = diffChanges(shown, { ...fields, target: auditedTarget(target, old) })
    await recordAudit(tx, scope, { action: 'alert.update', target: id, changes })
    const rule = await orNotFound(findAlertRule(tx, scope, id))
    return { rule, target: showTarget(target) }
  })
}

/** What of a rule was seen by what it asked before; its turn comes with the next round. */
export function unseen(before: Pick<AlertRuleRow, 'condition'>, condition: AlertCondition) {
  const anew = condition === before.condition ? {} : { beyondSince: null, observed: null }
  return { ...anew, observedAt: null }
}

/** Nothing is sent until then; null: it is heard again. */
export async function muteAlertRule(
  ctx: CoreContext,
  scope: OrgScope,
  { id, until }: { readonly id: string; readonly until: Date | null },
): Promise<AlertRuleView> {
  return inTransaction(ctx.db, async (tx) => {
    const before = await orNotFound(lockAlertRule(tx, scope, id))
    await updateRow(tx, scope, { id, mutedUntil: until })
    const changes = diffChanges({ mutedUntil: before.mutedUntil }, { mutedUntil: until })
    await recordAudit(tx, scope, { action: 'alert.mute', target: id, changes })
    return viewRule(ctx, { ...before, mutedUntil: until })
  })
}

export async function deleteAlertRule(
  ctx: CoreContext,
  scope: OrgScope,
  id: string,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    if (!(await deleteRow(tx, scope, id))) throw new NotFoundError()
    await recordAudit(tx, scope, { action: 'alert.delete', target: id })
  })
}

/** That a secret, or a URL that is one, became another shows; which it is doesn't. */
function auditedTarget(target: AlertTarget, old: AlertTarget): object {
  const isOther = JSON.stringify(target) !== JSON.stringify(old)
  return { ...showTarget(target), ...(isOther && target.kind !== 'email' && { secret: WITHHELD }) }
}

function pick(rule: AlertRuleRow, fields: object): object {
  return Object.fromEntries(Object.entries(rule).filter(([field]) => field in fields))
}
