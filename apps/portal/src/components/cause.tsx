import type { MessageAttemptOut } from '@posthorn/contracts'
import { VisibleText } from '@posthorn/ui'
import { hasText, t, type TextValues } from '../lib/text.ts'

/** What an attempt came to, in a sentence of the closed set; an unknown code falls back to the status. */
export function causeSentence(attempt: MessageAttemptOut): string {
  const { code } = attempt.outcome
  const key = `cause.${code}`
  if (hasText(key)) return t(key, valuesOf(attempt))
  return attempt.responseStatusCode === 0
    ? t('cause.unknown', { code })
    : t('cause.http_other', { code: attempt.responseStatusCode })
}

function causeHint(attempt: MessageAttemptOut): string | null {
  const key = `hint.${attempt.outcome.code}`
  return hasText(key) ? t(key, valuesOf(attempt)) : null
}

function valuesOf(attempt: MessageAttemptOut): TextValues {
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
