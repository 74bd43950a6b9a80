import { inTransaction } from '@posthorn/db'
import {
  type AlertNotificationRow,
  countTestNotifications,
  findAlertRule,
  insertAlertNotification,
  listAlertNotifications as listRows,
  lockAlertRule,
  measureAlert,
} from '@posthorn/db/alert'
import { firstIdAt, newId } from '@posthorn/runtime'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { RefusedError } from '../errors.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'
import { alertContent } from './alert-content.ts'
import { type AlertContext, requireMail } from './alert-rule-input.ts'
import { orNotFound } from './get-alert-rule.ts'

const MAX_PER_MINUTE = 10
const MINUTE_MS = 60_000

/** Has the target sent a test, muted or not, once: its outcome stands in the notification. */
export async function testAlertRule(
  ctx: AlertContext,
  scope: OrgScope,
  id: string,
): Promise<AlertNotificationRow> {
  const nowMs = ctx.clock.nowMs()
  return inTransaction(ctx.db, async (tx) => {
    const rule = await orNotFound(lockAlertRule(tx, scope, id))
    requireMail(ctx, rule.targetKind)
    const minuteAgo = firstIdAt('ntf_', nowMs - MINUTE_MS)
    if ((await countTestNotifications(tx, { ruleId: id }, minuteAgo)) >= MAX_PER_MINUTE)
      throw new RefusedError('limit_reached', `At most ${MAX_PER_MINUTE} tests a minute: wait.`)
    const measure = await measureAlert(tx, rule)
    const now = new Date(nowMs)
    const { firingSince } = rule
    await recordAudit(tx, scope, { action: 'alert.test', target: id })
    return insertAlertNotification(tx, {
      id: newId('ntf_', nowMs),
      ruleId: id,
      kind: 'test',
      content: alertContent(rule, { measure, firingSince, now }),
      nextAttemptAt: now,
    })
  })
}

export async function listAlertNotifications(
  ctx: Pick<CoreContext, 'db'>,
  scope: OrgScope,
  { id, ...request }: PageRequest & { readonly id: string },
): Promise<Page<AlertNotificationRow>> {
  await orNotFound(findAlertRule(ctx.db.prisma, scope, id))
  return listPage(request, {
    fetch: (window) => listRows(ctx.db.prisma, { ruleId: id }, window),
    keyOf: (notification) => notification.id,
  })
}
