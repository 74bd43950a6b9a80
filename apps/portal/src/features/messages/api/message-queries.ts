import type { MessageEndpointOut } from '@posthorn/contracts'
import { deliveryStateQuery } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../lib/client.tsx'

const POLL_MS = 3_000

export function useMessageAttempts(messageId: string) {
  const client = useClient()
  return useQuery({
    queryKey: ['message', messageId, 'attempts'],
    queryFn: ({ signal }) => client.attempts.listByMessage(messageId, { limit: 50 }, { signal }),
    refetchInterval: POLL_MS,
  })
}

export function useDestinations(messageId: string) {
  const client = useClient()
  return useQuery({
    queryKey: ['message', messageId, 'destinations'],
    queryFn: ({ signal }) => client.messages.destinations(messageId, { limit: 250 }, { signal }),
    refetchInterval: POLL_MS,
  })
}

/** How it stands with what did not arrive by its schedule; of the rest, the list says enough. */
export function useDeliveryState(messageId: string, endpoint: MessageEndpointOut) {
  const client = useClient()
  const isAsked = endpoint.statusText !== 'success'
  const query = useQuery({
    ...deliveryStateQuery({ client, messageId, endpoint }),
    enabled: isAsked,
  })
  return isAsked ? query.data : undefined
}
