import type { CustomReply, IncomingRequest, Received } from '@posthorn/core'

/** An answer as data. */
export interface Answer {
  readonly status: number
  readonly body: string | Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

// What a sender reads is never run as a page, whoever wrote it.
export const SAFETY = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
} as const

export function answerJson(status: number, value: object, headers: Answer['headers'] = {}): Answer {
  const body = JSON.stringify(value)
  return { status, body, headers: { ...SAFETY, 'content-type': 'application/json', ...headers } }
}

/** Why there is no better answer: each face says it in its senders' words. */
export interface Fault {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly retryAfterSeconds?: number
  readonly headers?: Answer['headers']
}

export function answerFault({ status, headers, retryAfterSeconds, ...error }: Fault): Answer {
  const { code, detail } = error
  const retry = retryAfterSeconds === undefined ? {} : { 'retry-after': `${retryAfterSeconds}` }
  return answerJson(status, { code, detail }, { ...headers, ...retry })
}

/** Success as that sender needs it: its own words where it insists, and the same for a repetition. */
export function answerReceived(received: Received, headers: IncomingRequest['headers']): Answer {
  switch (received.kind) {
    case 'accepted':
    case 'duplicate':
      if (received.custom !== null) return answerCustom(received.custom)
      return received.reply === null ? SUCCESS : answerReply(received.reply, headers)
    case 'handshake': {
      const { status, body, headers } = received.answer
      return { status, body, headers: { ...SAFETY, ...headers } }
    }
    case 'refused':
      return refusal(received)
  }
}

const SUCCESS = answerJson(200, { success: true })

function answerCustom({ status, headers, body }: CustomReply): Answer {
  return { status, body, headers: { ...SAFETY, ...headers } }
}

type Reply = NonNullable<Extract<Received, { kind: 'accepted' | 'duplicate' }>['reply']>

function answerReply(
  { status, contentType, body, echoHeader }: Reply,
  received: IncomingRequest['headers'],
): Answer {
  const echoed = echoHeader === undefined ? undefined : received[echoHeader.toLowerCase()]?.[0]
  const echo = echoed !== undefined && echoHeader !== undefined ? { [echoHeader]: echoed } : {}
  const type = body === '' ? {} : { 'content-type': contentType }
  return { status, body, headers: { ...SAFETY, ...type, ...echo } }
}

const DISABLED_RETRY_SECONDS = 60
const NO_KEY = {
  status: 503,
  code: 'unavailable',
  detail: 'The key could not be fetched.',
} as const

const BODY_CODES: Readonly<Record<number, string>> = {
  413: 'payload_too_large',
  415: 'unsupported_media_type',
}

// The reason stands in the source's log; a stranger learns only that it wasn't enough.
function refusal(refused: Extract<Received, { kind: 'refused' }>): Answer {
  const { status, detail, reason, headers = {} } = refused
  if (reason === 'disabled')
    return answerFault({
      status: 503,
      code: 'source_disabled',
      detail,
      retryAfterSeconds: DISABLED_RETRY_SECONDS,
    })
  if (status === 503) return answerFault({ ...NO_KEY, retryAfterSeconds: 5 })
  if (reason === 'unreadable_body')
    return answerFault({ status, code: BODY_CODES[status] ?? 'malformed', detail })
  const code = reason === 'malformed_body' ? 'malformed' : 'verification_failed'
  return answerFault({ status, code, detail: 'The request could not be verified.', headers })
}
