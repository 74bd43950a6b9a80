import { type AlertRuleRow, findAlertRule, listAlertRules as listRows } from '@posthorn/db/alert'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'
import { openTarget, type ShownTarget, showTarget } from './alert-target.ts'

export interface AlertRuleView {
  readonly rule: AlertRuleRow
  readonly target: ShownTarget
}

export async function getAlertRule(
  ctx: CoreContext,
  scope: OrgScope,
  id: string,
): Promise<AlertRuleView> {
  return viewRule(ctx, await orNotFound(findAlertRule(ctx.db.prisma, scope, id)))
}

export async function listAlertRules(
  ctx: CoreContext,
  scope: OrgScope,
  request: PageRequest,
): Promise<Page<AlertRuleView>> {
  const page = await listPage(request, {
    fetch: (window) => listRows(ctx.db.prisma, scope, window),
    keyOf: (rule) => rule.id,
  })
  return { ...page, items: page.items.map((rule) => viewRule(ctx, rule)) }
}

export function viewRule(ctx: CoreContext, rule: AlertRuleRow): AlertRuleView {
  return { rule, target: showTarget(openTarget(ctx, rule.target)) }
}

export async function orNotFound(found: Promise<AlertRuleRow | null>): Promise<AlertRuleRow> {
  const rule = await found
  if (rule === null) throw new NotFoundError()
  return rule
}
