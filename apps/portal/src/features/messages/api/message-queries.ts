import type { MessageEndpointOut } from '@posthorn/contracts'
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

/** How it stands with a delivery: only asked for while it waits. */
export function useDeliveryState(messageId: string, { id, statusText }: MessageEndpointOut) {
  const client = useClient()
  return useQuery({
    queryKey: ['message', messageId, 'delivery', id],
    queryFn: ({ signal }) => client.messages.delivery(messageId, id, { signal }),
    refetchInterval: POLL_MS,
    enabled: statusText === 'pending' || statusText === 'sending',
  })
}
