import type { Evidence } from '../evidence.ts'
import type { Refusal } from '../verification.ts'

/** How a provider makes sure that a URL wants its webhooks, by the name of what it sends. */
export type Handshake =
  | 'hub-challenge'
  | 'hub-challenge-json'
  | 'fitbit-code'
  | 'google-health'
  | 'slack-challenge'
  | 'zoom-validation'
  | 'discord-ping'
  | 'x-crc'
  | 'get-challenge'
  | 'nylas-challenge'
  | 'get-check'
  | 'post-challenge'
  | 'front-challenge'
  | 'woocommerce-ping'
  | 'line-check'
  | 'daily-test'
  | 'asana-secret'
  | 'notion-token'
  | 'twitch-challenge'
  | 'okta-challenge'
  | 'event-grid-validation'
  | 'cloudevents-options'
  | 'graph-validation'
  | 'sns-confirmation'
  | 'braintree-challenge'
  | 'adobe-client-id'
  | 'empty-probe'

/** An answer as data; texts are safe to send as they are. */
export interface HandshakeAnswer {
  outcome: 'answered'
  status: number
  body: string
  headers: Readonly<Record<string, string>>
  /** To be kept as the source's secret, once, and only while it has none. */
  learnedSecret?: string
  /** To be fetched through the guarded client for the subscription to begin. */
  confirm?: { url: string; hosts: readonly RegExp[] }
}

export interface HandshakeRefusal extends Omit<Refusal, 'outcome'> {
  outcome: 'refused'
  status: number
}

/** Undefined: an ordinary request. */
export type HandshakeResult = HandshakeAnswer | HandshakeRefusal | undefined

export type AnswerHandshake = (evidence: Evidence) => HandshakeResult

const safety = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

const maxEchoLength = 1024

export function answerText(body: string, status = 200): HandshakeAnswer {
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...safety }
  return { outcome: 'answered', status, body, headers }
}

export function answerJson(value: unknown, status = 200): HandshakeAnswer {
  const headers = { 'content-type': 'application/json', ...safety }
  return { outcome: 'answered', status, body: JSON.stringify(value), headers }
}

export function answerEmpty(status: number, extra: Record<string, string> = {}): HandshakeAnswer {
  return { outcome: 'answered', status, body: '', headers: { ...extra, ...safety } }
}

/** Sends back what came in, if it is short printable text. */
export function echo(text: string, answer: (text: string) => HandshakeAnswer): HandshakeResult {
  if (text.length <= maxEchoLength && /^[\x20-\x7e]+$/.test(text)) return answer(text)
  return refuseHandshake(400, 'The challenge is too long or not printable.')
}

export function refuseHandshake(status: number, detail: string): HandshakeRefusal {
  const reason = status === 400 ? 'malformed_body' : 'wrong_credentials'
  return { outcome: 'refused', status, reason, detail }
}
