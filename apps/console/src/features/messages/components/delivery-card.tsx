import type { DeliveryStateOut, MessageAttemptOut } from '@posthorn/contracts'
import {
  Button,
  canBeRetried,
  Cause,
  DeliveryByHand,
  DeliveryCanceled,
  DeliveryStatus,
  DeliveryWait,
  VisibleText,
} from '@posthorn/ui'
import { useId } from 'react'
import { Link, useSearchValue } from '../../../lib/router.tsx'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import type { Delivery, MessageKey } from '../api/use-message.ts'
import { useReplay } from '../api/use-replay.ts'
import { DeliveryActions } from './delivery-actions.ts'
import { DeliveryDecisions } from './delivery-decisions.tsx'

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
  const maySend = useMayAs('support')
  const mayRetry = maySend && canBeRetried(state, isExpired)
  return (
    <article className="card row row-between" aria-label={endpoint.url}>
      <div className="stack stack-small header-text">
        <Link className="strong-link" to={`/endpoints/${appId}/${endpoint.id}`}>
          <VisibleText text={endpoint.url} />
        </Link>
        <span className="mono soft small">{endpoint.id}</span>
        <BySchedule endpoint={endpoint} state={state?.scheduled} mayRetry={mayRetry} />
        {last !== undefined && last.statusText !== 'success' && !hasArrived(state) && (
          <div className="small">
            <Cause attempt={last} />
          </div>
        )}
        {state?.manual != null && <DeliveryByHand state={state.manual} />}
        <DeliveryDecisions client={messageKey.client} appId={appId} endpointId={endpoint.id} />
      </div>
      <Actions {...{ messageKey, delivery, isExpired }} />
    </article>
  )
}

/** Known before the attempt that did it is among those that were read. */
function hasArrived(state: Delivery['state']): boolean {
  return (state?.manual ?? state?.scheduled)?.statusText === 'success'
}

interface ByScheduleProps {
  readonly endpoint: Delivery['endpoint']
  /** Null: it was only sent by hand. */
  readonly state: DeliveryStateOut | null | undefined
  readonly mayRetry: boolean
}

function BySchedule({ endpoint, state, mayRetry }: ByScheduleProps) {
  return (
    <>
      <div className="row">
        {state !== null && <DeliveryStatus status={state?.statusText ?? endpoint.statusText} />}
        {endpoint.disabled && <span className="soft">{t('messages.endpointDisabled')}</span>}
      </div>
      {state != null && <DeliveryWait state={state} mayRetry={mayRetry} />}
      {state != null && <DeliveryCanceled state={state} />}
    </>
  )
}

type ActionsProps = Pick<DeliveryCardProps, 'messageKey' | 'delivery' | 'isExpired'>

function Actions({ messageKey, delivery, isExpired }: ActionsProps) {
  const { endpoint } = delivery
  const maySend = useMayAs('support')
  const replay = useReplay(messageKey)
  const reasonId = useId()
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
      {maySend && <DeliveryActions {...messageKey} {...delivery} isExpired={isExpired} />}
      {maySend && (
        <Button
          disabled={replay.isPending || endpoint.disabled || isExpired}
          aria-describedby={isExpired ? reasonId : undefined}
          aria-label={t('replay.to', { url: endpoint.url })}
          onClick={() => replay.mutate([endpoint.id])}
        >
          {t('replay')}
        </Button>
      )}
      {maySend && isExpired && (
        <span className="small soft" id={reasonId}>
          {t('messages.payload.expired')}
        </span>
      )}
    </div>
  )
}
