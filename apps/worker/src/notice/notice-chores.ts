import { evaluateNotices } from '@posthorn/core/notice'
import type { WorkerContext } from '../context.ts'
import { sendNoticeMailsOnce } from './send-notice-mails-once.ts'

const LOOK_MS = 5_000
const SEND_MS = 1_000

interface NoticeChore {
  readonly what: string
  readonly intervalMs: number
  readonly run: () => Promise<number>
}

/** None: there is no mail server here, or links would lead nowhere. */
export function noticeChores(ctx: WorkerContext, isLeader: () => boolean): NoticeChore[] {
  const { mailer } = ctx.notifications
  const { publicUrl, portalUrl, delivery } = ctx.config
  if (mailer === null || publicUrl === null) return []
  const { disableAfterSeconds } = delivery
  const look = async () => (isLeader() ? evaluateNotices({ ...ctx, disableAfterSeconds }) : 0)
  const send = () => sendNoticeMailsOnce({ ...ctx, mailer, publicUrl, portalUrl })
  return [
    { what: 'notices', intervalMs: LOOK_MS, run: look },
    { what: 'mails', intervalMs: SEND_MS, run: send },
  ]
}
