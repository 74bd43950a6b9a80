import type { DeliveryStateOut } from '@posthorn/contracts'
import { formatMs, FullTime, useNow, WaitReason } from '@posthorn/ui'
import { type ReactNode, useState } from 'react'
import { t } from '../../../lib/text.ts'

export interface TestStepsProps {
  readonly sentAt: string
  readonly state: Pick<DeliveryStateOut, 'waiting' | 'sending'> | null
  /** By the server's clock: when the state was so. */
  readonly asOf: string
}

/**
 * A test that is under way, as far as the server knows it then: queued, what it waits for, and of a request that takes
 * longer than a moment each phase as it begins. A quick one is told of by its answer.
 */
export function TestSteps({ sentAt, state, asOf }: TestStepsProps) {
  const waiting = state?.waiting ?? null
  const isSent = waiting === null || waiting.reason === 'in_flight'
  const phases = state?.sending ?? null
  return (
    <ol className="test-steps" aria-label={t('testing.steps')}>
      <Step stands="done">
        {t('testing.step.queued')} <FullTime at={sentAt} />
      </Step>
      {isSent ? (
        <Step stands="done">
          {t('testing.step.taken')} {phases !== null && <Begun phases={phases} />}
        </Step>
      ) : (
        <Step stands="now">
          {t('testing.step.waiting')} <WaitReason waiting={waiting} />
        </Step>
      )}
      {phases === null ? <Unknown isSent={isSent} /> : <Phases {...{ phases, asOf }} />}
      <Step stands="later">{t('testing.step.measured')}</Step>
    </ol>
  )
}

type Sending = NonNullable<DeliveryStateOut['sending']>

function Begun({ phases: [first] }: { readonly phases: Sending }) {
  return first === undefined ? null : <FullTime at={first.at} />
}

/** Nothing is told of its phases yet. */
function Unknown({ isSent }: { readonly isSent: boolean }) {
  return (
    <Step stands={isSent ? 'now' : 'later'}>
      {t('testing.step.sending')} {isSent && <Since agoMs={0} />}
    </Step>
  )
}

/** Those that are over with how long they took, and the one that it is in. */
function Phases({ phases, asOf }: { readonly phases: Sending; readonly asOf: string }) {
  return phases.map(({ phase, at }, index) => {
    const next = phases[index + 1]
    return (
      <Step key={phase} stands={next === undefined ? 'now' : 'done'}>
        {t(`testing.phase.${phase}`)}{' '}
        {next === undefined ? <Since agoMs={between(at, asOf)} /> : formatMs(between(at, next.at))}
      </Step>
    )
  })
}

function between(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from))
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

/** Seconds since it began, `agoMs` before it was seen first. Not announced: it would be each second. */
function Since({ agoMs }: { readonly agoMs: number }) {
  const [sinceMs] = useState(() => Date.now() - agoMs)
  const nowMs = useNow(1_000)
  const seconds = Math.max(0, Math.floor((nowMs - sinceMs) / 1_000))
  return <span role="timer">{t('testing.step.since', { n: seconds })}</span>
}
