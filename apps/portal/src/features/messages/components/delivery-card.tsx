import type { MessageEndpointOut } from '@posthorn/contracts'
import {
  Button,
  canBeRetried,
  DeliveryByHand,
  DeliveryCanceled,
  DeliveryStatus,
  DeliveryWait,
  VisibleText,
} from '@posthorn/ui'
import { useId } from 'react'
import { useClient, useMay } from '../../../lib/client.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useReplay } from '../../../lib/use-replay.ts'
import { useDeliveryState } from '../api/message-queries.ts'
import { DeliveryActions } from './delivery-actions.ts'

export interface DeliveryCardProps {
  readonly messageId: string
  readonly delivery: MessageEndpointOut
  readonly isExpired: boolean
}

/** How it stands between the message and one endpoint, and what can be done about it. */
export function DeliveryCard({ messageId, delivery, isExpired }: DeliveryCardProps) {
  const client = useClient()
  const mayAttempt = useMay('CreateAttempts')
  const state = useDeliveryState(messageId, delivery)
  const { scheduled, manual } = state ?? {}
  const mayRetry = mayAttempt && canBeRetried(state, isExpired)
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
        {scheduled != null && <DeliveryWait state={scheduled} mayRetry={mayRetry} />}
        {scheduled != null && <DeliveryCanceled state={scheduled} />}
        {manual != null && <DeliveryByHand state={manual} />}
      </div>
      {mayAttempt && (
        <div className="row">
          <DeliveryActions {...{ client, messageId, state, isExpired }} endpoint={delivery} />
          <ReplayButton msgId={messageId} endpointId={delivery.id} isExpired={isExpired} />
        </div>
      )}
    </article>
  )
}

interface ReplayButtonProps {
  readonly msgId: string
  readonly endpointId: string
  readonly isExpired: boolean
}

/** Off, with the reason, where there is nothing left to send. */
function ReplayButton({ msgId, endpointId, isExpired }: ReplayButtonProps) {
  const replay = useReplay()
  const reasonId = useId()
  return (
    <>
      <Button
        disabled={replay.isPending || isExpired}
        aria-describedby={isExpired ? reasonId : undefined}
        onClick={() => replay.mutate([{ msgId, endpointId }])}
      >
        {t('replay')}
      </Button>
      {isExpired && (
        <span className="small soft" id={reasonId}>
          {t('message.expired')}
        </span>
      )}
    </>
  )
}
