import type { MessageAttemptOut } from '@posthorn/contracts'
import type { TextValues } from './texts.ts'
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

export function causeHint(attempt: Outcome): string | null {
  const key = `hint.${attempt.outcome.code}`
  return hasText(key) ? t(key, valuesOf(attempt)) : null
}

function valuesOf(attempt: Outcome): TextValues {
  const url = URL.parse(attempt.url)
  const port = url?.port === '' ? (url.protocol === 'http:' ? '80' : '443') : url?.port
  return {
    host: url?.hostname ?? attempt.url,
    port: port ?? '',
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
