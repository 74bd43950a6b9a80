import type { Client } from '@posthorn/client'
import type { MessageDeliveryOut, MessageEndpointOut } from '@posthorn/contracts'
import { queryOptions } from '@tanstack/react-query'

const POLL_MS = 3_000

export interface DeliveryAsked {
  readonly client: Pick<Client, 'messages'>
  readonly messageId: string
  readonly endpoint: Pick<MessageEndpointOut, 'id' | 'statusText'>
}

/** How a delivery stands, by its schedule and by hand; read again while something is under way. */
export function deliveryStateQuery({ client, messageId, endpoint }: DeliveryAsked) {
  return queryOptions({
    queryKey: ['message', messageId, 'delivery', endpoint.id],
    queryFn: ({ signal }) => client.messages.delivery(messageId, endpoint.id, { signal }),
    refetchInterval: ({ state }) => (isUnderWay(state.data, endpoint) ? POLL_MS : false),
  })
}

function isUnderWay(
  state: MessageDeliveryOut | undefined,
  { statusText }: DeliveryAsked['endpoint'],
): boolean {
  const seen = [statusText, state?.scheduled?.statusText, state?.manual?.statusText]
  return seen.some((status) => status === 'pending' || status === 'sending')
}
