import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** Headers and text as they came. */
  readonly raw: string
}

export interface MailServer extends AsyncDisposable {
  readonly url: string
  readonly mails: readonly ReceivedMail[]
}

export const MAIL_USER = 'posthorn'
export const MAIL_PASSWORD = 'a-password-of-the-mail-server'

/** A real SMTP server that asks for a password, takes every mail, and refuses addresses that begin with `nobody`. */
export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, answer) => {
      if (username === MAIL_USER && password === MAIL_PASSWORD) answer(null, { user: username })
      else answer(new Error('Invalid login'))
    },
    onRcptTo: ({ address }, _session, answer) => {
      if (address.startsWith('nobody'))
        answer(new Error(`No such mailbox: ${address.toUpperCase()}`))
      else answer()
    },
    onData: (stream, { envelope }, answer) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        const to = envelope.rcptTo.map(({ address }) => address)
        mails.push({ from, to, raw: Buffer.concat(chunks).toString() })
        answer()
      })
    },
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return {
    url: `smtp://${MAIL_USER}:${MAIL_PASSWORD}@127.0.0.1:${address.port}`,
    mails,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
