import type { DeliveryStateOut, MessageEndpointOut } from '@posthorn/contracts'
import {
  Button,
  canRetryNow,
  DeliveryByHand,
  DeliveryCanceled,
  DeliveryStatus,
  DeliveryWait,
  VisibleText,
} from '@posthorn/ui'
import { useMay } from '../../../lib/client.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useReplay } from '../../../lib/use-replay.ts'
import { useDeliveryState } from '../api/message-queries.ts'
import { type DeliveryAction, useDeliveryAction } from '../api/use-delivery-action.ts'

export interface DeliveryCardProps {
  readonly messageId: string
  readonly delivery: MessageEndpointOut
  readonly isExpired: boolean
}

/** How it stands between the message and one endpoint, and what can be done about it. */
export function DeliveryCard({ messageId, delivery, isExpired }: DeliveryCardProps) {
  const mayAttempt = useMay('CreateAttempts')
  const replay = useReplay()
  const { scheduled, manual } = useDeliveryState(messageId, delivery) ?? {}
  return (
    <article className="card row row-between" aria-label={delivery.url}>
      <div className="stack stack-small header-text">
        <Link className="strong-link" to={`/endpoints/${delivery.id}`}>
          <VisibleText text={delivery.url} />
        </Link>
        {scheduled !== null && (
          <div className="row">
            <DeliveryStatus status={scheduled?.statusText ?? delivery.statusText} />
          </div>
        )}
        {scheduled != null && <Wait {...{ messageId, delivery, isExpired }} state={scheduled} />}
        {scheduled != null && <DeliveryCanceled state={scheduled} />}
        {manual != null && <DeliveryByHand state={manual} />}
      </div>
      {mayAttempt && !isExpired && (
        <Button
          disabled={replay.isPending}
          onClick={() => replay.mutate({ msgId: messageId, endpointId: delivery.id })}
        >
          {t('replay')}
        </Button>
      )}
    </article>
  )
}

interface WaitProps extends DeliveryCardProps {
  readonly state: DeliveryStateOut
}

/** What waits can be made now, or stopped. */
function Wait({ messageId, delivery, isExpired, state }: WaitProps) {
  const mayAttempt = useMay('CreateAttempts')
  const isWaiting = state.waiting !== null && state.waiting.reason !== 'in_flight'
  const mayRetry = mayAttempt && !isExpired && canRetryNow(state)
  return (
    <>
      <DeliveryWait state={state} mayRetry={mayRetry} />
      {mayAttempt && isWaiting && (
        <div className="row">
          {mayRetry && <Act action="retryNow" {...{ messageId, delivery }} />}
          <Act action="cancel" {...{ messageId, delivery }} />
        </div>
      )}
    </>
  )
}

interface ActProps extends Pick<WaitProps, 'messageId' | 'delivery'> {
  readonly action: DeliveryAction
}

function Act({ action, messageId, delivery: { id, url } }: ActProps) {
  const act = useDeliveryAction(action)
  return (
    <Button
      size="small"
      disabled={act.isPending}
      aria-label={t(`delivery.${action}Of`, { url })}
      onClick={() => act.mutate({ messageId, endpointId: id })}
    >
      {t(`delivery.${action}`)}
    </Button>
  )
}
