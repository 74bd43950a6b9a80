import { requestHeaders } from '@posthorn/core'
import { type AlertContent, type AlertTarget, type NotificationKind } from '@posthorn/core/alert'
import type { SafeClient, SendResult } from '@posthorn/safe-http'
import { parseSecret, signWebhook } from '@posthorn/signing'
import { describeAlert, mailText, slackText } from './alert-text.ts'
import type { Mailer } from './mailer.ts'
import type { Sent } from './sent.ts'

export interface NotificationSender {
  /** The guarded client: the addresses that endpoints may not have, targets may not have either. */
  readonly sender: Pick<SafeClient, 'send'>
  /** Null: SMTP isn't configured. */
  readonly mailer: Mailer | null
  readonly consoleUrl: string | null
}

export interface Notification {
  readonly id: string
  readonly kind: NotificationKind
  readonly content: AlertContent
  readonly nowMs: number
}

const DEADLINE_MS = 15_000

/** One attempt, to wherever the rule's news goes. */
export async function sendNotification(
  { sender, mailer, consoleUrl }: NotificationSender,
  target: AlertTarget,
  notification: Notification,
): Promise<Sent> {
  const { id, kind, content } = notification
  const text = describeAlert(kind, content, consoleUrl)
  switch (target.kind) {
    case 'email':
      if (mailer === null) return NO_MAIL
      return mailer.send({ id, to: target.addresses, subject: text.title, text: mailText(text) })
    case 'slack': {
      const body = JSON.stringify({ text: slackText(text) })
      const headers = ['content-type', 'application/json', ...authorizationOf(target)]
      return toSent(await sender.send({ url: target.url, headers, body, deadlineMs: DEADLINE_MS }))
    }
    case 'webhook':
      return toSent(
        await sender.send({
          url: target.url,
          ...signed(target, notification, text.lines.join('\n')),
          deadlineMs: DEADLINE_MS,
        }),
      )
  }
}

const NO_MAIL: Sent = {
  isSent: false,
  error: 'E-mail is not set up in the worker: it needs POSTHORN_SMTP_URL and POSTHORN_SMTP_FROM.',
}

function authorizationOf({ authorization }: { readonly authorization?: string }): string[] {
  return authorization === undefined ? [] : ['authorization', authorization]
}

function signed(
  target: Extract<AlertTarget, { kind: 'webhook' }>,
  { id, kind, content, nowMs }: Notification,
  summary: string,
): { headers: string[]; body: string } {
  const { timestamp, ...data } = content
  const body = JSON.stringify({ type: `alert.${kind}`, timestamp, data: { ...data, summary } })
  const timestampSeconds = Math.floor(nowMs / 1000)
  const keys = [parseSecret(target.secret)]
  const headers = requestHeaders({
    messageId: id,
    timestampSeconds,
    signature: signWebhook({ id, timestampSeconds, body, keys }),
    contentType: null,
    signatureHeaders: 'webhook',
    customHeaders: [],
  })
  return { headers: [...headers, ...authorizationOf(target)], body }
}

const SHOWN_ANSWER = 120

function toSent(result: SendResult): Sent {
  if (result.kind === 'failure') return { isSent: false, error: result.detail }
  const { status, body, bodyEncoding } = result
  if (status >= 200 && status < 300) return { isSent: true, note: null }
  const said = bodyEncoding === 'utf8' ? body.slice(0, SHOWN_ANSWER).trim() : ''
  return { isSent: false, error: `It answered ${status}${said === '' ? '.' : `: ${said}`}` }
}
