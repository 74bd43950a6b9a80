import { inTransaction, type Transaction } from '@posthorn/db'
import { countAlertRules, insertAlertRule } from '@posthorn/db/alert'
import { newId } from '@posthorn/runtime'
import type { OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { RefusedError } from '../errors.ts'
import { checkThreshold } from './alert-condition.ts'
import { type AlertContext, type AlertRuleInput, chooseTarget } from './alert-rule-input.ts'
import { type AlertTarget, sealTarget, showTarget } from './alert-target.ts'
import type { AlertRuleView } from './get-alert-rule.ts'

export const MAX_RULES = 100

export async function createAlertRule(
  ctx: AlertContext,
  scope: OrgScope,
  { target: given, ...fields }: AlertRuleInput,
): Promise<AlertRuleView> {
  checkThreshold(fields.condition, fields.threshold)
  const target = chooseTarget(ctx, given, null)
  return inTransaction(ctx.db, (tx) => insertRule(ctx, { tx, scope }, { fields, target }))
}

export interface RuleToMake {
  readonly fields: Omit<AlertRuleInput, 'target'>
  readonly target: AlertTarget
}

/** Part of a transaction. */
export async function insertRule(
  ctx: Pick<CoreContext, 'clock' | 'vault'>,
  { tx, scope }: { readonly tx: Transaction; readonly scope: OrgScope },
  { fields, target }: RuleToMake,
): Promise<AlertRuleView> {
  await refuseTooManyRules(tx, scope)
  const createdAt = new Date(ctx.clock.nowMs())
  const id = newId('alert_', createdAt.getTime())
  const sealed = { targetKind: target.kind, target: sealTarget(ctx, target) }
  const rule = await insertAlertRule(tx, scope, { id, ...fields, ...sealed, createdAt })
  const changes = diffChanges({}, { ...fields, target: showTarget(target) })
  await recordAudit(tx, scope, { action: 'alert.create', target: id, changes })
  return { rule, target: showTarget(target) }
}

async function refuseTooManyRules(tx: Transaction, scope: OrgScope): Promise<void> {
  if ((await countAlertRules(tx, scope)) < MAX_RULES) return
  throw new RefusedError('limit_reached', `There are ${MAX_RULES} alert rules already.`)
}
