import type { CoreContext } from '@posthorn/core'
import { readNoticeContent } from '@posthorn/core/notice'
import { claimNoticeMails, type ClaimedNoticeMail, settleNoticeMail } from '@posthorn/db/notice'
import { attemptOnce, LEASE_SECONDS } from '../alert/attempt-once.ts'
import type { Mail, Mailer } from '../alert/mailer.ts'
import type { Sent } from '../alert/sent.ts'
import type { WorkerEvents } from '../events.ts'
import { confirmationText, noticeText } from './notice-text.ts'

export interface NoticeMailContext extends CoreContext {
  readonly mailer: Mailer
  /** Base of the links in mails. */
  readonly publicUrl: string
  readonly portalUrl: string | null
  readonly events: Pick<WorkerEvents, 'noticeMailed' | 'failed'>
}

const AT_ONCE = 20

/**
 * Sends what is due. A mail that was sent by someone who died before saying so is sent again, under the same
 * Message-ID: SMTP has no way to ask. Answers how many were tried.
 */
export async function sendNoticeMailsOnce(ctx: NoticeMailContext): Promise<number> {
  const lease = { take: AT_ONCE, leaseSeconds: LEASE_SECONDS }
  const claimed = await claimNoticeMails(ctx.db.prisma, lease)
  await Promise.all(claimed.map((mail) => sendOne(ctx, mail)))
  return claimed.length
}

async function sendOne(ctx: NoticeMailContext, claimed: ClaimedNoticeMail): Promise<void> {
  const { id, orgId, appId, addressId, kind, attempt } = claimed
  const end = await attemptOnce({
    kind: 'firing',
    attempt,
    send: async () => withoutAddress(await ctx.mailer.send(mailOf(ctx, claimed)), claimed),
    onError: (err) => ctx.events.failed('notice', err),
  })
  await settleNoticeMail(ctx.db.prisma, { id, attempt, ...end })
  const { status, error } = end
  ctx.events.noticeMailed({ orgId, appId, addressId, id, kind, attempt, status, error })
}

function mailOf(
  { vault, publicUrl, portalUrl }: NoticeMailContext,
  claimed: ClaimedNoticeMail,
): Mail {
  const { id, email, language, appName, content, confirmBy } = claimed
  const page = `${publicUrl}/notices/${vault.open(claimed.token)}`
  const reader = { language, appName, links: { page, portal: portalUrl } }
  const isConfirmation = claimed.kind === 'confirmation'
  const { subject, text } = isConfirmation
    ? confirmationText(reader, confirmBy)
    : noticeText(reader, readNoticeContent(content))
  const headers = {
    'list-unsubscribe': `<${page}/unsubscribe>`,
    'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
  }
  return { id, to: [email], subject, text, headers }
}

/** What a mail server says may name whom it refused, however it spells it. */
function withoutAddress(sent: Sent, { email }: ClaimedNoticeMail): Sent {
  if (sent.isSent) return { isSent: true, note: null }
  return { isSent: false, error: sent.error.replaceAll(new RegExp(escaped(email), 'gi'), '…') }
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)
}
