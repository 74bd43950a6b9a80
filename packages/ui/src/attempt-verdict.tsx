import type { MessageAttemptOut } from '@posthorn/contracts'
import type { ReactNode } from 'react'
import { Cause } from './cause.tsx'
import { formatMs } from './format-ms.ts'
import { Notice } from './notice.tsx'
import { FullTime, Time } from './time.tsx'
import { hasText, t } from './words.ts'

interface AttemptVerdictProps {
  readonly attempt: MessageAttemptOut
  /** The next attempt that it tells of was made, or will never be. */
  readonly isPast: boolean
  readonly remedy: ReactNode
}

/** Why it failed, how far it came, and what follows; or what was odd about the answer of one that arrived. */
export function AttemptVerdict({ attempt, isPast, remedy }: AttemptVerdictProps) {
  if (attempt.statusText === 'success') return <OddAnswer code={attempt.outcome.code} />
  return (
    <Notice tone="bad">
      <Cause attempt={attempt} />
      {remedy}
      <Phase attempt={attempt} />
      {attempt.nextAttempt === null && (
        <p className="small">
          {t(attempt.triggerType === 1 ? 'attempt.single' : 'attempt.noNext')}
        </p>
      )}
      {attempt.nextAttempt !== null && !isPast && (
        <p className="small">
          {t('attempt.next')} <Time at={attempt.nextAttempt} /> (
          <FullTime at={attempt.nextAttempt} />)
        </p>
      )}
    </Notice>
  )
}

/** How far it got, and how long that took. */
function Phase({ attempt }: { readonly attempt: MessageAttemptOut }) {
  const { phase = attempt.responseStatusCode === 0 ? undefined : 'answered' } =
    attempt.outcome.params
  const key = `phase.${phase}`
  if (!hasText(key)) return null
  return (
    <p className="small">
      {t(key)} {t('attempt.tookSoLong', { time: formatMs(attempt.responseDurationMs) })}
    </p>
  )
}

function OddAnswer({ code }: { readonly code: string }) {
  const key = `odd.${code}`
  if (!hasText(key)) return null
  return (
    <Notice tone="idle">
      <p>{t(key)}</p>
    </Notice>
  )
}
