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

/** The endpoint that a delivery waits for: only asked for while it does. */
export function useAwaitedEndpoint({ id, statusText }: MessageEndpointOut) {
  const client = useClient()
  return useQuery({
    queryKey: ['endpoint', id],
    queryFn: ({ signal }) => client.endpoints.get(id, { signal }),
    refetchInterval: POLL_MS,
    enabled: statusText === 'pending' || statusText === 'sending',
  })
}
