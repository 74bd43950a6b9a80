import { evaluateNotices } from '@posthorn/core/notice'
import type { WorkerContext } from '../context.ts'
import { sendNoticeMailsOnce } from './send-notice-mails-once.ts'

export interface NoticeWork {
  readonly evaluate: () => Promise<number>
  readonly send: () => Promise<number>
}

/** Null: there is no mail server here, or links would lead nowhere. */
export function noticeWork(ctx: WorkerContext): NoticeWork | null {
  const { mailer } = ctx.notifications
  const { publicUrl, portalUrl, delivery } = ctx.config
  if (mailer === null || publicUrl === null) return null
  const { disableAfterSeconds } = delivery
  return {
    evaluate: () => evaluateNotices({ ...ctx, disableAfterSeconds }),
    send: () => sendNoticeMailsOnce({ ...ctx, mailer, publicUrl, portalUrl }),
  }
}
