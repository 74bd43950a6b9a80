import { evaluateNotices } from '@posthorn/core/notice'
import type { WorkerContext } from '../context.ts'
import { sendNoticeMailsOnce } from './send-notice-mails-once.ts'

export interface NoticeChores {
  readonly look: () => Promise<number>
  readonly send: () => Promise<number>
}

/** Null: there is no mail server here, or links would lead nowhere. */
export function noticeChores(ctx: WorkerContext): NoticeChores | null {
  const { mailer } = ctx.notifications
  const { publicUrl, portalUrl, delivery } = ctx.config
  if (mailer === null || publicUrl === null) return null
  const { disableAfterSeconds } = delivery
  return {
    look: () => evaluateNotices({ ...ctx, disableAfterSeconds }),
    send: () => sendNoticeMailsOnce({ ...ctx, mailer, publicUrl, portalUrl }),
  }
}
