import type { Transaction } from '@posthorn/db'
import {
  type AlertRuleRow,
  listAlertRules,
  lockAlertRule,
  updateAlertRule,
} from '@posthorn/db/alert'
import { generateSecret } from '@posthorn/signing'
import type { OrgScope } from '../actor.ts'
import { type AlertTarget, openTarget, showTarget } from '../alert/alert-target.ts'
import { unseen } from '../alert/change-alert-rule.ts'
import { insertRule, MAX_RULES } from '../alert/create-alert-rule.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import type { CopyItem, CopyPair, Planned } from './plan-copy.ts'

type RuleFields = Pick<
  AlertRuleRow,
  'condition' | 'threshold' | 'windowSeconds' | 'reminderSeconds'
>

export interface PlannedAlert extends CopyItem {
  readonly kind: 'alert_rule'
  readonly before: AlertRuleRow | null
  readonly fields: RuleFields
  readonly target: AlertTarget
}

const MAX_AT_ONCE = 50

/**
 * Told apart by name. Whom a rule tells stays as it is where the rule is there; a new one that signs gets a
 * secret of its own, and one that tells Slack isn't copied: its URL is a secret.
 */
export async function planAlerts(
  ctx: Pick<CoreContext, 'vault'>,
  tx: Transaction,
  { from, to }: CopyPair,
): Promise<Planned<PlannedAlert>> {
  const window = { direction: 'asc', after: null, take: MAX_RULES } as const
  const wanted = byName(await listAlertRules(tx, from, window))
  const there = byName(await listAlertRules(tx, to, window))
  const items = [...wanted.values()]
    .filter((rule) => rule.targetKind !== 'slack' || there.has(rule.name))
    .map((rule) => planAlert(ctx, rule, there.get(rule.name) ?? null))
    .filter((item) => Object.keys(item.changes).length > 0)
  const names = [...there.keys()].filter((name) => !wanted.has(name))
  const onlyThere = { names, total: names.length }
  return { items: items.slice(0, MAX_AT_ONCE), total: items.length, onlyThere }
}

function byName(rules: readonly AlertRuleRow[]): Map<string, AlertRuleRow> {
  return new Map(rules.toReversed().map((rule) => [rule.name, rule]))
}

function planAlert(
  ctx: Pick<CoreContext, 'vault'>,
  rule: AlertRuleRow,
  before: AlertRuleRow | null,
): PlannedAlert {
  const { name, condition, threshold, windowSeconds, reminderSeconds } = rule
  const fields = { condition, threshold, windowSeconds, reminderSeconds }
  const target = openTarget(ctx, rule.target)
  const shown = before === null ? { ...fields, target: showTarget(target) } : fields
  return {
    kind: 'alert_rule',
    name,
    change: before === null ? 'add' : 'change',
    changes: diffChanges({ ...before }, shown),
    before,
    fields,
    target,
  }
}

export async function applyAlert(
  ctx: CoreContext,
  { tx, scope }: { readonly tx: Transaction; readonly scope: OrgScope },
  { name, before, fields, target, changes }: PlannedAlert,
): Promise<void> {
  if (before === null) {
    await insertRule(
      ctx,
      { tx, scope },
      { fields: { name, ...fields }, target: withOwnSecret(target) },
    )
    return
  }
  const { id } = before
  await lockAlertRule(tx, scope, id)
  const updatedAt = new Date(ctx.clock.nowMs())
  await updateAlertRule(tx, scope, {
    id,
    ...fields,
    ...unseen(before, fields.condition),
    updatedAt,
  })
  await recordAudit(tx, scope, { action: 'alert.update', target: id, changes })
}

function withOwnSecret(target: AlertTarget): AlertTarget {
  if (target.kind !== 'webhook') return target
  return { kind: 'webhook', url: target.url, secret: generateSecret() }
}
