import type { SmtpSettings } from '@posthorn/core/alert'
import { withinDeadline } from '@posthorn/runtime'
import { createTransport } from 'nodemailer'
import type { Sent } from './sent.ts'

export interface Mail {
  /** Names the message for good: one that comes twice can be told by it. */
  readonly id: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  /** Beside the usual ones. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface Mailer extends Disposable {
  /** Whatever the server does comes back as a value. */
  send(mail: Mail): Promise<Sent>
}

/**
 * The library can't be told to stop: what is given up may still arrive. So its own limits, which end the connection, come
 * first, and this is below the lease of whoever sends.
 */
const DEADLINE_MS = 50_000
const PHASE_MS = 10_000
const SILENCE_MS = 15_000

export function createMailer({ url, from }: SmtpSettings): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: PHASE_MS,
    greetingTimeout: PHASE_MS,
    dnsTimeout: PHASE_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = /@([^<>\s@]+)>?$/.exec(from)?.[1] ?? 'posthorn'
  const deliver = async ({ id, to, subject, text, headers }: Mail): Promise<Sent> => {
    const { rejected } = await transport.sendMail({
      from,
      to: [...to],
      subject,
      text,
      messageId: `<${id}@${domain}>`,
      headers: { 'auto-submitted': 'auto-generated', ...headers },
    })
    const note = rejected.length === 0 ? null : `The server refused ${rejected.join(', ')}.`
    return { isSent: true, note }
  }
  return {
    send: (mail) => withinDeadline(deliver(mail).catch(toFailure), DEADLINE_MS, LATE),
    [Symbol.dispose]: () => transport.close(),
  }
}

const LATE: Sent = {
  isSent: false,
  error: `The mail server took over ${DEADLINE_MS / 1000} seconds.`,
}

function toFailure(err: unknown): Sent {
  return {
    isSent: false,
    error: `The mail server: ${err instanceof Error ? err.message : 'fails'}`,
  }
}
