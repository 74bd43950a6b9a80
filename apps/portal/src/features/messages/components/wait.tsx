import type { MessageEndpointOut } from '@posthorn/contracts'
import { DeliveryWait } from '@posthorn/ui'
import { useDeliveryState } from '../api/message-queries.ts'

export interface WaitProps {
  readonly messageId: string
  readonly delivery: MessageEndpointOut
}

/** Asked for while the delivery waits. */
export function Wait({ messageId, delivery }: WaitProps) {
  const state = useDeliveryState(messageId, delivery).data?.scheduled
  return state == null ? null : <DeliveryWait state={state} />
}
