import type { MessageEndpointOut } from '@posthorn/contracts'
import { Button, canRetryNow, DeliveryWait } from '@posthorn/ui'
import { useMay } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { useDeliveryState } from '../api/message-queries.ts'
import { type DeliveryAction, useDeliveryAction } from '../api/use-delivery-action.ts'

export interface WaitProps {
  readonly messageId: string
  readonly delivery: MessageEndpointOut
  readonly isExpired: boolean
}

/** Asked for while the delivery waits; what waits can be made now, or stopped. */
export function Wait({ messageId, delivery, isExpired }: WaitProps) {
  const mayAttempt = useMay('CreateAttempts')
  const state = useDeliveryState(messageId, delivery).data?.scheduled
  if (state == null) return null
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
