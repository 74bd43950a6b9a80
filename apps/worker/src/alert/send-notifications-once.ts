import type { CoreContext } from '@posthorn/core'
import { type NotificationKind, openTarget, readAlertContent } from '@posthorn/core/alert'
import {
  claimAlertNotifications,
  type ClaimedNotification,
  settleAlertNotification,
} from '@posthorn/db/alert'
import type { WorkerEvents } from '../events.ts'
import { attemptOnce, LEASE_SECONDS } from './attempt-once.ts'
import { type NotificationSender, sendNotification } from './send-notification.ts'

export interface NotifierContext extends CoreContext {
  readonly notifications: NotificationSender
  readonly events: Pick<WorkerEvents, 'alertNotified' | 'failed'>
}

const AT_ONCE = 50

/**
 * Sends what is due of what alerts have to tell. A notification that was sent by someone who died before
 * saying so is sent again, under the same id. Answers how many were tried.
 */
export async function sendNotificationsOnce(ctx: NotifierContext): Promise<number> {
  const lease = { take: AT_ONCE, leaseSeconds: LEASE_SECONDS }
  const claimed = await claimAlertNotifications(ctx.db.prisma, lease)
  await Promise.all(claimed.map((notification) => sendOne(ctx, notification)))
  return claimed.length
}

async function sendOne(ctx: NotifierContext, claimed: ClaimedNotification): Promise<void> {
  const { id, ruleId, orgId, targetKind, attempt } = claimed
  // The database checks that the column holds nothing else.
  const kind = claimed.kind as NotificationKind
  const end = await attemptOnce({
    kind,
    attempt,
    send: async () =>
      sendNotification(ctx.notifications, openTarget(ctx, claimed.target), {
        id,
        kind,
        content: readAlertContent(claimed.content),
        nowMs: ctx.clock.nowMs(),
      }),
    onError: (err) => ctx.events.failed('alert', err),
  })
  await settleAlertNotification(ctx.db.prisma, { id, attempt, ...end })
  const { status, error } = end
  ctx.events.alertNotified({ orgId, ruleId, id, kind, targetKind, attempt, status, error })
}
