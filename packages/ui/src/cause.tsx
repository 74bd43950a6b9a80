import type { MessageAttemptOut } from '@posthorn/contracts'
import { bytesText } from './bytes-text.ts'
import { formatUtc } from './format-time.ts'
import type { TextValues } from './texts.ts'
import { VisibleText } from './visible-text.tsx'
import { hasText, t, tIfFilled } from './words.ts'

type Outcome = Pick<
  MessageAttemptOut,
  'outcome' | 'responseStatusCode' | 'responseDurationMs' | 'timestamp' | 'url'
>

/** What an attempt came to, in a sentence of the closed set; an unknown code falls back to the status. */
export function causeSentence(attempt: Outcome): string {
  const { code } = attempt.outcome
  return (
    say(`cause.${code}`, valuesOf(attempt)) ??
    (attempt.responseStatusCode === 0
      ? t('cause.unknown', { code })
      : t('cause.http_other', { code: attempt.responseStatusCode }))
  )
}

/** Of a delivery, of which no more is kept than the code: a sentence that needs more gives way to one that names it. */
export function causeOfCode(code: string, url: string): string {
  return say(`cause.${code}`, addressOf(url)) ?? t('cause.unknown', { code })
}

export function causeHint(attempt: Outcome): string | null {
  return say(`hint.${attempt.outcome.code}`, valuesOf(attempt))
}

/** In its plain form where a value that belongs in it isn't known; null: it has none. */
function say(key: string, values: TextValues): string | null {
  const told = hasText(key) ? tIfFilled(key, values) : null
  const plain = `${key}.plain`
  return told ?? (hasText(plain) ? tIfFilled(plain, values) : null)
}

function addressOf(of: string): { readonly host: string; readonly port: string } {
  const url = URL.parse(of)
  const port = url?.port === '' ? (url.protocol === 'http:' ? '80' : '443') : url?.port
  return { host: url?.hostname ?? of, port: port ?? '' }
}

function valuesOf(attempt: Outcome): TextValues {
  const { responseStatusCode: status, outcome } = attempt
  return {
    ...addressOf(attempt.url),
    ...(status !== 0 && { code: status }),
    ms: attempt.responseDurationMs,
    time: formatUtc(attempt.timestamp),
    ...shownOf(outcome.params),
  }
}

/** What is stored as code and count, as it reads. */
function shownOf(params: Outcome['outcome']['params']): TextValues {
  const { bytes, limit, cutAt = limit, rule, ...others } = params
  const ruleText = `rule.${rule}`
  return {
    ...others,
    ...(bytes !== undefined && { bytes: bytesText(Number(bytes)) }),
    ...(cutAt !== undefined && { limit: bytesText(Number(cutAt)) }),
    ...(hasText(ruleText) && { rule: t(ruleText) }),
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
