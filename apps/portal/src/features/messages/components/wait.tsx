import type { MessageEndpointOut } from '@posthorn/contracts'
import { Button, DeliveryWait } from '@posthorn/ui'
import { useMay } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { useDeliveryState } from '../api/message-queries.ts'
import { useCancelDelivery } from '../api/use-cancel-delivery.ts'

export interface WaitProps {
  readonly messageId: string
  readonly delivery: MessageEndpointOut
}

/** Asked for while the delivery waits; what waits can be stopped. */
export function Wait({ messageId, delivery }: WaitProps) {
  const mayAttempt = useMay('CreateAttempts')
  const cancel = useCancelDelivery()
  const state = useDeliveryState(messageId, delivery).data?.scheduled
  if (state == null) return null
  const isWaiting = state.waiting !== null && state.waiting.reason !== 'in_flight'
  return (
    <>
      <DeliveryWait state={state} />
      {mayAttempt && isWaiting && (
        <div className="row">
          <Button
            size="small"
            disabled={cancel.isPending}
            aria-label={t('delivery.cancelOf', { url: delivery.url })}
            onClick={() => cancel.mutate({ messageId, endpointId: delivery.id })}
          >
            {t('delivery.cancel')}
          </Button>
        </div>
      )}
    </>
  )
}
