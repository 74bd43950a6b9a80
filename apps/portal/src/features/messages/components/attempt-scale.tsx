import type { MessageAttemptOut } from '@posthorn/contracts'
import { formatRounded } from '@posthorn/ui'
import { Link, usePlace } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

const DELIVERED = 0
const SHOWN_AT_MOST = 20

export interface AttemptScaleProps {
  readonly chosen: MessageAttemptOut
  /** Of the message, newest first. */
  readonly listed: readonly MessageAttemptOut[]
}

/**
 * The attempts at the endpoint of one of them, the oldest first, with the time between. Gaps grow with their logarithm:
 * a schedule goes from seconds to hours, and to scale its beginning would be one dot.
 */
export function AttemptScale({ chosen, listed }: AttemptScaleProps) {
  const attempts = listed
    .filter(({ endpointId }) => endpointId === chosen.endpointId)
    .slice(0, SHOWN_AT_MOST)
    .toReversed()
  if (attempts.length < 2) return null
  return (
    <section className="stack stack-small">
      <h3>{t('scale.title')}</h3>
      <ol className="attempt-scale">
        {attempts.map((attempt, at) => (
          <Step
            key={attempt.id}
            attempt={attempt}
            previous={attempts[at - 1] ?? null}
            isChosen={attempt.id === chosen.id}
          />
        ))}
      </ol>
    </section>
  )
}

interface StepProps {
  readonly attempt: MessageAttemptOut
  readonly previous: MessageAttemptOut | null
  readonly isChosen: boolean
}

function Step({ attempt, previous, isChosen }: StepProps) {
  const { path, search } = usePlace()
  const to = new URLSearchParams(search)
  to.set('attempt', attempt.id)
  const isGood = attempt.status === DELIVERED
  const gap = previous === null ? null : secondsBetween(previous, attempt)
  return (
    <li style={gap === null ? { flexGrow: 0 } : { flexGrow: 1 + Math.log10(1 + gap) }}>
      {gap !== null && <span className="attempt-gap small soft">{formatRounded(gap)}</span>}
      <Link
        className="attempt-step"
        data-tone={isGood ? 'good' : 'bad'}
        aria-current={isChosen ? 'true' : undefined}
        to={`${path}?${to}`}
      >
        <span aria-hidden="true">{isGood ? '✓' : '✕'}</span>{' '}
        <span className="visually-hidden">
          {t(isGood ? 'scale.delivered' : 'scale.failed', { n: attempt.attemptNumber })}
        </span>
      </Link>
    </li>
  )
}

function secondsBetween(earlier: MessageAttemptOut, later: MessageAttemptOut): number {
  return Math.max(0, (Date.parse(later.timestamp) - Date.parse(earlier.timestamp)) / 1000)
}
