import type { DeliveryStateOut, MessageAttemptOut } from '@posthorn/contracts'
import { Button, Cause, DeliveryStatus, DeliveryWait, VisibleText } from '@posthorn/ui'
import { Link, useSearchValue } from '../../../lib/router.tsx'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { useCancelDelivery } from '../api/use-cancel-delivery.ts'
import type { Delivery, MessageKey } from '../api/use-message.ts'
import { useReplay } from '../api/use-replay.ts'

export interface DeliveryCardProps {
  readonly messageKey: MessageKey
  readonly appId: string
  readonly delivery: Delivery
  /** The newest attempt, if any is among those that were read. */
  readonly last: MessageAttemptOut | undefined
  readonly isExpired: boolean
}

/** How it stands between the message and one endpoint, and what can be done about it. */
export function DeliveryCard({ messageKey, appId, delivery, last, isExpired }: DeliveryCardProps) {
  const { endpoint, state } = delivery
  return (
    <article className="card row row-between" aria-label={endpoint.url}>
      <div className="stack stack-small header-text">
        <Link className="strong-link" to={`/endpoints/${appId}/${endpoint.id}`}>
          <VisibleText text={endpoint.url} />
        </Link>
        <BySchedule endpoint={endpoint} state={state?.scheduled} />
        {last !== undefined && last.statusText !== 'success' && (
          <div className="small">
            <Cause attempt={last} />
          </div>
        )}
        {state?.manual != null && <ByHand state={state.manual} />}
      </div>
      <Actions messageKey={messageKey} delivery={delivery} isExpired={isExpired} />
    </article>
  )
}

interface ByScheduleProps {
  readonly endpoint: Delivery['endpoint']
  /** Null: it was only sent by hand. */
  readonly state: DeliveryStateOut | null | undefined
}

function BySchedule({ endpoint, state }: ByScheduleProps) {
  return (
    <>
      <div className="row">
        {state !== null && <DeliveryStatus status={state?.statusText ?? endpoint.statusText} />}
        {endpoint.disabled && <span className="soft">{t('messages.endpointDisabled')}</span>}
      </div>
      {state != null && <DeliveryWait state={state} />}
      {state?.statusText === 'canceled' && <Canceled state={state} />}
    </>
  )
}

type ActionsProps = Pick<DeliveryCardProps, 'messageKey' | 'delivery' | 'isExpired'>

function Actions({ messageKey, delivery, isExpired }: ActionsProps) {
  const { endpoint } = delivery
  const maySend = useMayAs('support')
  const replay = useReplay(messageKey)
  const [chosen, choose] = useSearchValue('endpoint')
  const isChosen = chosen === endpoint.id
  return (
    <div className="row">
      <Button
        aria-pressed={isChosen}
        aria-label={t('messages.attemptsOf', { url: endpoint.url })}
        onClick={() => choose(isChosen ? '' : endpoint.id)}
      >
        {t('messages.attempts')}
      </Button>
      {maySend && <Cancel messageKey={messageKey} delivery={delivery} />}
      {maySend && !isExpired && (
        <Button
          disabled={replay.isPending || endpoint.disabled}
          aria-label={t('replay.to', { url: endpoint.url })}
          onClick={() => replay.mutate([endpoint.id])}
        >
          {t('replay')}
        </Button>
      )}
    </div>
  )
}

/** Of the schedule and by hand alike; what is being sent right now can't be stopped. */
function Cancel({ messageKey, delivery }: Pick<ActionsProps, 'messageKey' | 'delivery'>) {
  const { endpoint, state } = delivery
  const cancel = useCancelDelivery(messageKey)
  const isWaiting = [state?.scheduled, state?.manual].some(
    (one) => one?.waiting != null && one.waiting.reason !== 'in_flight',
  )
  if (!isWaiting) return null
  return (
    <Button
      disabled={cancel.isPending}
      aria-label={t('delivery.cancelOf', { url: endpoint.url })}
      onClick={() => cancel.mutate(endpoint.id)}
    >
      {t('delivery.cancel')}
    </Button>
  )
}

function Canceled({ state: { actor, cause } }: { readonly state: DeliveryStateOut }) {
  return (
    <p className="small">
      {t('messages.canceledBy', { actor: actor ?? '–' })}
      {cause !== null && <span className="mono soft"> {cause}</span>}
    </p>
  )
}

/** What came of sending it again: known when it is known. */
function ByHand({ state }: { readonly state: DeliveryStateOut }) {
  const isQueued = state.statusText === 'pending' || state.statusText === 'sending'
  return (
    <p className="row small" role="status">
      {t('messages.byHand')}{' '}
      {isQueued ? t('replay.queued') : <DeliveryStatus status={state.statusText} />}
      {state.actor !== null && <span className="mono soft">{state.actor}</span>}
    </p>
  )
}
