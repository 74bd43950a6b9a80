import type { EndpointOut, MessageEndpointOut } from '@posthorn/contracts'
import { FullTime, Time } from '../../../components/time.tsx'
import { t } from '../../../lib/text.ts'
import { useAwaitedEndpoint, useMessageAttempts } from '../api/message-queries.ts'

export interface DeliveryWaitProps {
  readonly messageId: string
  readonly delivery: MessageEndpointOut
}

/** What a delivery waits for, when it goes on, and what is left of its schedule. */
export function DeliveryWait({ messageId, delivery }: DeliveryWaitProps) {
  const endpoint = useAwaitedEndpoint(delivery).data
  const made = useMadeAttempts(messageId, delivery.id)
  const { nextAttempt, statusText } = delivery
  if (statusText !== 'pending' && statusText !== 'sending') return null
  const left = nextAttempt == null ? [] : leftOf(endpoint?.retrySchedule, { made, nextAttempt })
  return (
    <div className="small stack stack-tight">
      <p>
        {made > 0 && `${madeText(made, endpoint)} `}
        {nextAttempt != null && (
          <>
            {t('attempt.next')} <Time at={nextAttempt} /> (<FullTime at={nextAttempt} />)
          </>
        )}
      </p>
      {endpoint !== undefined && <Reason endpoint={endpoint} />}
      {left.length > 0 && (
        <details>
          <summary>{t('wait.left', { n: left.length })}</summary>
          <ol className="plain-list">
            {left.map((at) => (
              <li key={at}>
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

function Reason({ endpoint }: { readonly endpoint: EndpointOut }) {
  const { heldUntil, health } = endpoint.state
  if (heldUntil !== null)
    return (
      <p>
        {t('wait.held')} <Time at={heldUntil} />
      </p>
    )
  return health === 'rate_limited' ? <p>{t('wait.rate')}</p> : null
}

function useMadeAttempts(messageId: string, endpointId: string): number {
  const attempts = useMessageAttempts(messageId).data?.data ?? []
  const ours = attempts.filter((attempt) => attempt.endpointId === endpointId)
  return Math.max(0, ...ours.map(({ attemptNumber }) => attemptNumber))
}

function madeText(made: number, endpoint: EndpointOut | undefined): string {
  const schedule = endpoint?.retrySchedule
  return schedule == null
    ? t('wait.made', { n: made })
    : t('wait.madeOf', { n: made, total: schedule.length + 1 })
}

interface Progress {
  readonly made: number
  readonly nextAttempt: string
}

/** After the next attempt, as far as the endpoint's own schedule tells: the installation's isn't known here. */
function leftOf(
  schedule: readonly number[] | null | undefined,
  { made, nextAttempt }: Progress,
): string[] {
  let atMs = Date.parse(nextAttempt)
  return (schedule ?? []).slice(made).map((seconds) => {
    atMs += seconds * 1000
    return new Date(atMs).toISOString()
  })
}
