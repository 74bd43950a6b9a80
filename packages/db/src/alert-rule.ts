import type { AlertCondition } from './alert-measure.ts'
import type { Database, Transaction } from './database.ts'
import type { AlertRule } from './generated/client.ts'
import { beyond, type KeyWindow } from './keyset.ts'

export type AlertRuleRow = Omit<AlertRule, 'condition'> & { readonly condition: AlertCondition }

// The database checks that the column holds nothing else.
function typed(rule: AlertRule): AlertRuleRow {
  return { ...rule, condition: rule.condition as AlertCondition }
}

type Reader = Pick<Database['prisma'], 'alertRule'>
interface OrgKey {
  readonly orgId: string
}

export type NewAlertRule = Pick<
  AlertRuleRow,
  'id' | 'name' | 'condition' | 'threshold' | 'windowSeconds' | 'reminderSeconds' | 'targetKind'
> & { readonly target: Uint8Array<ArrayBuffer>; readonly createdAt: Date }

export async function insertAlertRule(
  tx: Transaction,
  { orgId }: OrgKey,
  { createdAt, ...rule }: NewAlertRule,
): Promise<AlertRuleRow> {
  return typed(
    await tx.alertRule.create({ data: { ...rule, orgId, createdAt, updatedAt: createdAt } }),
  )
}

export async function findAlertRule(
  db: Reader,
  { orgId }: OrgKey,
  id: string,
): Promise<AlertRuleRow | null> {
  const rule = await db.alertRule.findFirst({ where: { id, orgId } })
  return rule === null ? null : typed(rule)
}

export async function listAlertRules(
  db: Reader,
  { orgId }: OrgKey,
  window: KeyWindow,
): Promise<AlertRuleRow[]> {
  const rules = await db.alertRule.findMany({
    where: { orgId, id: beyond(window) },
    orderBy: { id: window.direction },
    take: window.take,
  })
  return rules.map(typed)
}

export function countAlertRules(db: Reader, { orgId }: OrgKey): Promise<number> {
  return db.alertRule.count({ where: { orgId } })
}

const RULES_AT_MOST = 10_000

/** Of all organisations: for the worker that looks after them. */
export async function listEveryAlertRule(db: Reader): Promise<AlertRuleRow[]> {
  const rules = await db.alertRule.findMany({ orderBy: { id: 'asc' }, take: RULES_AT_MOST })
  return rules.map(typed)
}

/** Whoever changes a rule, or tells of it, holds it first: two workers never tell the same edge. */
export async function lockAlertRule(
  tx: Transaction,
  { orgId }: OrgKey,
  id: string,
): Promise<AlertRuleRow | null> {
  await tx.$queryRaw`SELECT 1 FROM alert_rule WHERE id = ${id} AND org_id = ${orgId} FOR UPDATE`
  return findAlertRule(tx, { orgId }, id)
}

export type AlertRuleChange = Partial<
  Omit<AlertRuleRow, 'id' | 'orgId' | 'createdAt' | 'target'> & {
    readonly target: Uint8Array<ArrayBuffer>
  }
>

export async function updateAlertRule(
  db: Reader,
  { orgId }: OrgKey,
  { id, ...data }: AlertRuleChange & { readonly id: string },
): Promise<void> {
  await db.alertRule.updateMany({ where: { id, orgId }, data })
}

/** What a look saw, unless the rule was changed since it was read: then it asks for something else. */
export async function noteAlertLook(
  db: Reader,
  { id, orgId, updatedAt }: Pick<AlertRule, 'id' | 'orgId' | 'updatedAt'>,
  seen: Pick<AlertRule, 'observed' | 'observedAt'>,
): Promise<void> {
  await db.alertRule.updateMany({ where: { id, orgId, updatedAt }, data: seen })
}

export async function deleteAlertRule(
  tx: Transaction,
  { orgId }: OrgKey,
  id: string,
): Promise<boolean> {
  const { count } = await tx.alertRule.deleteMany({ where: { id, orgId } })
  return count > 0
}
