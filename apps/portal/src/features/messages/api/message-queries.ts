import type { MessageAttemptOut, MessageEndpointOut } from '@posthorn/contracts'
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

/**
 * Of the secret that signed an attempt first. Known while that secret is the current one: former ones are forgotten
 * when their time is over, so that of these none could be named with certainty. Null: not known.
 */
export function useSigningFingerprint(attempt: MessageAttemptOut | undefined): string | null {
  const client = useClient()
  const endpointId = attempt?.endpointId ?? ''
  const query = useQuery({
    queryKey: ['endpoint', endpointId, 'signing'],
    queryFn: ({ signal }) => client.endpoints.secrets(endpointId, { signal }),
    enabled: attempt?.request != null,
    retry: false,
  })
  const current = query.data?.data.find(({ expiresAt }) => expiresAt === null)
  if (attempt?.request == null || current === undefined) return null
  return Date.parse(current.createdAt) <= Date.parse(attempt.timestamp) ? current.fingerprint : null
}
