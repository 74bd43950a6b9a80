import { addNoticeAddress, confirmByLink, evaluateNotices } from '@posthorn/core/notice'
import { waitFor } from '@posthorn/test-kit'
import { type ReceivedMail, startMailServer } from '@posthorn/test-kit/mail'
import { startPipeline } from './pipeline.ts'

const PUBLIC_URL = 'https://posthorn.example'
const FOUR_DAYS_SECONDS = 345_600

/** The engine, a mail server, and whom its mails go to. */
export async function startNotices(env: Readonly<Record<string, string>> = {}) {
  await using stack = new AsyncDisposableStack()
  const mail = stack.use(await startMailServer())
  const settings = {
    POSTHORN_SMTP_URL: mail.url,
    POSTHORN_SMTP_FROM: 'Posthorn <notices@posthorn.example>',
    POSTHORN_PUBLIC_URL: `${PUBLIC_URL}/`,
    POSTHORN_PORTAL_URL: 'https://app.example.com/webhooks',
  }
  const pipeline = stack.use(await startPipeline({ env: { ...settings, ...env } }))
  const { core, scope, db } = pipeline
  const disableAfterSeconds = pipeline.config.delivery.disableAfterSeconds
  const mailsTo = (email: string) => mail.mails.filter(({ to }) => to.includes(email))
  const add = async (email: string, language: 'en' | 'de' = 'en') => {
    const notices = ['failing', 'disabled_soon', 'disabled'] as const
    const input = { email, notices, language }
    return addNoticeAddress({ ...core, canNotify: true }, scope, input)
  }
  const firstMail = async (email: string) => {
    await waitFor(`a mail to ${email}`, () => mailsTo(email).length > 0)
    return textOf(mailsTo(email)[0])
  }
  const resources = stack.move()
  return {
    ...pipeline,
    add,
    mailsTo,
    firstMail,
    /** As its owner does it, by the link of the mail. */
    addConfirmed: async (email: string, language: 'en' | 'de' = 'en') => {
      const address = await add(email, language)
      const token = tokenIn(await firstMail(email))
      const followed = { token, requestId: 'req_1', address: '192.0.2.1' }
      if ((await confirmByLink(core, followed))?.confirmedAt == null) throw new Error('No link.')
      return { ...address, token }
    },
    look: () => evaluateNotices({ ...core, disableAfterSeconds }),
    /** What is to be told was to be told a minute ago already, and nothing was told of late. */
    letTimePass: () =>
      db.hot.query(`UPDATE notice_address SET news_since = news_since - interval '1 minute',
                           told_at = told_at - interval '15 minutes'`),
    /** As attempts leave it that did nothing but fail for four days. */
    setFailing: (endpointId: string, failures = 10) =>
      db.hot.query(
        `UPDATE endpoint_state SET failure_count = $2, failing_since = now() - $3 * interval '1 second'
          WHERE endpoint_id = $1`,
        [endpointId, failures, failures < 10 ? 60 : FOUR_DAYS_SECONDS],
      ),
    statuses: async () => {
      const { rows } = await db.hot.query<{ status: string }>(
        `SELECT status FROM notice_mail WHERE kind = 'notice' ORDER BY id`,
      )
      return rows.map(({ status }) => status)
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** Headers unfolded, text decoded. */
export function textOf(mail: ReceivedMail | undefined): string {
  const [head = '', body = ''] = (mail?.raw ?? '').split(/\r\n\r\n([^]*)/)
  const headers = head.replaceAll(/\r\n[ \t]+/g, ' ')
  return `${headers}\n\n${decoded(headers, body)}`
}

function decoded(headers: string, body: string): string {
  if (/^content-transfer-encoding: base64/im.test(headers))
    return Buffer.from(body, 'base64').toString()
  const bytes = body.replaceAll(/=\r\n/g, '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => {
    return String.fromCharCode(Number.parseInt(hex, 16))
  })
  return /quoted-printable/i.test(headers) ? Buffer.from(bytes, 'latin1').toString() : body
}

export function tokenIn(text: string): string {
  return new RegExp(`${PUBLIC_URL}/notices/([\\w-]{43})`).exec(text)?.[1] ?? ''
}
