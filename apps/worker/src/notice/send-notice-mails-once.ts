import type { CoreContext } from '@posthorn/core'
import { decideNextNotification } from '@posthorn/core/alert'
import { readNoticeContent } from '@posthorn/core/notice'
import { claimNoticeMails, type ClaimedNoticeMail, settleNoticeMail } from '@posthorn/db/notice'
import type { Mail, Mailer } from '../alert/mailer.ts'
import type { Sent } from '../alert/sent.ts'
import { storable } from '../alert/storable.ts'
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
/** Longer than an attempt may take: whoever dies in one delays it by this much. */
const LEASE_SECONDS = 60

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
  const sent = await attemptOne(ctx, claimed)
  const end = sent.isSent
    ? { status: 'sent' as const, inSeconds: 0, error: null }
    : { ...decideNextNotification('firing', attempt), error: withoutAddress(sent.error, claimed) }
  await settleNoticeMail(ctx.db.prisma, { id, attempt, ...end })
  const { status, error } = end
  ctx.events.noticeMailed({ orgId, appId, addressId, id, kind, attempt, status, error })
}

async function attemptOne(ctx: NoticeMailContext, claimed: ClaimedNoticeMail): Promise<Sent> {
  try {
    return await ctx.mailer.send(mailOf(ctx, claimed))
  } catch (err) {
    ctx.events.failed('notice', err)
    return { isSent: false, error: 'Our fault: the log of the worker says more.' }
  }
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
function withoutAddress(error: string, { email }: ClaimedNoticeMail): string {
  return storable(error.replaceAll(new RegExp(escaped(email), 'gi'), '…'))
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)
}
