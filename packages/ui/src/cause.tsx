import type { MessageAttemptOut } from '@posthorn/contracts'
import { type TextValues, UNKNOWN_VALUE } from './texts.ts'
import { VisibleText } from './visible-text.tsx'
import { hasText, t } from './words.ts'

type Outcome = Pick<
  MessageAttemptOut,
  'outcome' | 'responseStatusCode' | 'responseDurationMs' | 'timestamp' | 'url'
>

/** What an attempt came to, in a sentence of the closed set; an unknown code falls back to the status. */
export function causeSentence(attempt: Outcome): string {
  const { code } = attempt.outcome
  const key = `cause.${code}`
  if (hasText(key)) return t(key, valuesOf(attempt))
  return attempt.responseStatusCode === 0
    ? t('cause.unknown', { code })
    : t('cause.http_other', { code: attempt.responseStatusCode })
}

/** Of a delivery, of which no more is kept than the code: a sentence that needs more gives way to one that names it. */
export function causeOfCode(code: string, url: string): string {
  const key = `cause.${code}`
  const sentence = hasText(key) ? t(key, addressOf(url)) : UNKNOWN_VALUE
  return sentence.includes(UNKNOWN_VALUE) ? t('cause.unknown', { code }) : sentence
}

export function causeHint(attempt: Outcome): string | null {
  const key = `hint.${attempt.outcome.code}`
  return hasText(key) ? t(key, valuesOf(attempt)) : null
}

function addressOf(of: string): { readonly host: string; readonly port: string } {
  const url = URL.parse(of)
  const port = url?.port === '' ? (url.protocol === 'http:' ? '80' : '443') : url?.port
  return { host: url?.hostname ?? of, port: port ?? '' }
}

function valuesOf(attempt: Outcome): TextValues {
  return {
    ...addressOf(attempt.url),
    code: attempt.responseStatusCode,
    ms: attempt.responseDurationMs,
    time: attempt.timestamp,
    ...attempt.outcome.params,
  }
}

/** What went wrong, and what the receiver's owner may do about it. */
export function Cause({ attempt }: { readonly attempt: MessageAttemptOut }) {
  const hint = causeHint(attempt)
  return (
    <>
      <p>
        <VisibleText text={causeSentence(attempt)} />
      </p>
      {hint !== null && (
        <p className="soft">
          <VisibleText text={hint} />
        </p>
      )}
    </>
  )
}
