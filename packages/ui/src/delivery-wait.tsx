import type { DeliveryStateOut } from '@posthorn/contracts'
import { FullTime, Time } from './time.tsx'
import { t } from './words.ts'

interface DeliveryWaitProps {
  readonly state: DeliveryStateOut
  /** A button beside it makes the next attempt now. */
  readonly mayRetry?: boolean
}

/** Whether an attempt of the schedule waits for nothing but its time. */
export function canRetryNow({ waiting, attempts }: DeliveryStateOut): boolean {
  return waiting?.reason === 'retry' && attempts > 0
}

/** What a delivery waits for, when it goes on, and what is left of its schedule. */
export function DeliveryWait({ state, mayRetry = false }: DeliveryWaitProps) {
  if (state.waiting === null) return null
  const [, ...later] = state.remaining
  return (
    <div className="small stack stack-tight">
      <p>
        {t('wait.madeOf', { n: state.attempts, total: state.attemptsAtMost })}{' '}
        <WaitReason waiting={state.waiting} />
      </p>
      {mayRetry && <p className="soft">{t('wait.retryNow')}</p>}
      {later.length > 0 && (
        <details>
          <summary>{t('wait.left', { n: later.length })}</summary>
          <ol className="plain-list">
            {later.map(({ number, at }) => (
              <li key={number}>
                <FullTime at={at} />
              </li>
            ))}
          </ol>
          <p className="soft">{t('wait.about')}</p>
        </details>
      )}
    </div>
  )
}

interface WaitReasonProps {
  readonly waiting: NonNullable<DeliveryStateOut['waiting']>
}

export function WaitReason({ waiting }: WaitReasonProps) {
  const { reason, until } = waiting
  return (
    <>
      {t(`wait.${reason}`)}
      {until !== null && (
        <>
          {' '}
          <Time at={until} /> (<FullTime at={until} />)
        </>
      )}
    </>
  )
}
