import type { LosantSettings } from '@posthorn/core/ingest'
import { type Answer, answerJson, type Fault, SAFETY } from '../http/answer.ts'

const FIXED = { ...SAFETY, 'x-xss-protection': '0' } as const

const TYPES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  408: 'RequestTimeout',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
  503: 'ServiceUnavailable',
}

/** Errors as Losant's clients read them. */
export function answerLosantFault({ status, detail, headers, retryAfterSeconds }: Fault): Answer {
  const type = TYPES[status] ?? (status < 500 ? 'Validation' : 'ServerError')
  const message = status === 404 ? 'Webhook was not found' : detail
  const retry = retryAfterSeconds === undefined ? {} : { 'retry-after': `${retryAfterSeconds}` }
  return answerJson(status, { type, message }, { ...FIXED, ...headers, ...retry })
}

export const SUCCESS: Answer = answerJson(200, { success: true }, FIXED)

const TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'

/** What is answered where nobody waits for a reply. */
export function answerAccepted({
  verificationType,
  responseCode,
}: Pick<LosantSettings, 'verificationType' | 'responseCode'>): Answer {
  switch (verificationType) {
    case 'twilio':
      return { status: 200, body: TWIML, headers: { ...FIXED, 'content-type': 'text/xml' } }
    case 'fitbit':
      return { status: 204, body: '', headers: FIXED }
    case 'facebook':
    case 'alexa':
      return SUCCESS
    case 'none':
      // A final 1xx would hang the caller.
      return { ...SUCCESS, status: responseCode < 200 ? 200 : responseCode }
  }
}

export const TIMED_OUT: Answer = answerJson(
  504,
  { error: 'Time out waiting for workflow reply' },
  FIXED,
)
