import type { DeliveryStateOut } from '@posthorn/contracts'
import { FullTime, useNow, WaitReason } from '@posthorn/ui'
import { type ReactNode, useState } from 'react'
import { t } from '../../../lib/text.ts'

export interface TestStepsProps {
  readonly sentAt: string
  readonly waiting: DeliveryStateOut['waiting']
}

/**
 * A test that is under way, as far as the server knows it then: queued, being sent. How long the name, the
 * connection, TLS, the answer and its body took is written down once, with the answer.
 */
export function TestSteps({ sentAt, waiting }: TestStepsProps) {
  const isSent = waiting === null || waiting.reason === 'in_flight'
  return (
    <ol className="test-steps" aria-label={t('testing.steps')}>
      <Step stands="done">
        {t('testing.step.queued')} <FullTime at={sentAt} />
      </Step>
      {isSent ? (
        <Step stands="done">{t('testing.step.taken')}</Step>
      ) : (
        <Step stands="now">
          {t('testing.step.waiting')} <WaitReason waiting={waiting} />
        </Step>
      )}
      <Step stands={isSent ? 'now' : 'later'}>
        {t('testing.step.sending')} {isSent && <Since />}
      </Step>
      <Step stands="later">{t('testing.step.measured')}</Step>
    </ol>
  )
}

const MARKS = { done: '✓', now: '●', later: '○' } as const

interface StepProps {
  readonly stands: keyof typeof MARKS
  readonly children: ReactNode
}

function Step({ stands, children }: StepProps) {
  return (
    <li data-stands={stands} aria-current={stands === 'now' ? 'step' : undefined}>
      <span aria-hidden="true">{MARKS[stands]}</span>
      <div>
        {stands === 'done' && <span className="visually-hidden">{t('testing.step.done')} </span>}
        {children}
      </div>
    </li>
  )
}

/** Seconds since it was seen first. Not announced: it would be each second. */
function Since() {
  const [sinceMs] = useState(() => Date.now())
  const nowMs = useNow(1_000)
  const seconds = Math.max(0, Math.floor((nowMs - sinceMs) / 1_000))
  return <span role="timer">{t('testing.step.since', { n: seconds })}</span>
}
