import type { MessageStatusText } from '@posthorn/contracts'
import { DeliveryByHand, deliveryStateQuery } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../lib/client.tsx'
import type { Delivery } from '../../../lib/use-replay.ts'

interface SentAgainProps {
  readonly delivery: Delivery
  /** By its schedule, as listed. */
  readonly statusText: MessageStatusText
}

/** What came of a replay, once it is known: in the row that it was asked for at. */
export function SentAgain({ delivery: { msgId, endpointId }, statusText }: SentAgainProps) {
  const client = useClient()
  const endpoint = { id: endpointId, statusText }
  const { data } = useQuery(deliveryStateQuery({ client, messageId: msgId, endpoint }))
  return data?.manual == null ? null : <DeliveryByHand state={data.manual} />
}
