import type { CoreContext } from '@posthorn/core'
import {
  decideNextNotification,
  type NotificationKind,
  openTarget,
  readAlertContent,
} from '@posthorn/core/alert'
import {
  claimAlertNotifications,
  type ClaimedNotification,
  settleAlertNotification,
} from '@posthorn/db/alert'
import type { WorkerEvents } from '../events.ts'
import { type NotificationSender, sendNotification } from './send-notification.ts'
import type { Sent } from './sent.ts'
import { storable } from './storable.ts'

export interface NotifierContext extends CoreContext {
  readonly notifications: NotificationSender
  readonly events: Pick<WorkerEvents, 'alertNotified' | 'failed'>
}

const AT_ONCE = 50
/** Longer than an attempt may take: whoever dies in one delays it by this much. */
const LEASE_SECONDS = 60

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
  const kind = kindOf(claimed)
  const sent = await attemptOne(ctx, claimed)
  const end = sent.isSent
    ? { status: 'sent' as const, inSeconds: 0, error: sent.note }
    : { ...decideNextNotification(kind, attempt), error: storable(sent.error) }
  await settleAlertNotification(ctx.db.prisma, { id, attempt, ...end })
  const { status, error } = end
  ctx.events.alertNotified({ orgId, ruleId, id, kind, targetKind, attempt, status, error })
}

async function attemptOne(ctx: NotifierContext, claimed: ClaimedNotification): Promise<Sent> {
  try {
    return await sendNotification(ctx.notifications, openTarget(ctx, claimed.target), {
      id: claimed.id,
      kind: kindOf(claimed),
      content: readAlertContent(claimed.content),
      nowMs: ctx.clock.nowMs(),
    })
  } catch (err) {
    ctx.events.failed('alert', err)
    return { isSent: false, error: 'Our fault: the log of the worker says more.' }
  }
}

// The database checks that the column holds nothing else.
function kindOf({ kind }: ClaimedNotification): NotificationKind {
  return kind as NotificationKind
}
