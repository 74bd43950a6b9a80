import type { Client } from '@posthorn/client'
import type {
  ApplicationOut,
  MessageAttemptOut,
  MessageDeliveryOut,
  MessageEndpointOut,
} from '@posthorn/contracts'
import { deliveryStateQuery } from '@posthorn/ui'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useTransport } from '../../../lib/session.tsx'

const POLL_MS = 3_000
const DELIVERIES_AT_MOST = 250
const ATTEMPTS_AT_MOST = 100

export interface MessageKey {
  readonly client: Client
  readonly messageId: string
}

export function useApplication(appId: string) {
  const transport = useTransport()
  return useQuery({
    queryKey: ['application', appId],
    queryFn: ({ signal }) => transport.json<ApplicationOut>({ path: `/app/${appId}`, signal }),
  })
}

export function useMessage({ client, messageId }: MessageKey) {
  return useQuery({
    queryKey: ['message', messageId],
    queryFn: ({ signal }) => client.messages.get(messageId, { signal }),
    refetchOnWindowFocus: false,
  })
}

/** One row for each endpoint: how its own schedule fares. */
export function useDestinations({ client, messageId }: MessageKey) {
  return useQuery({
    queryKey: ['message', messageId, 'destinations'],
    queryFn: ({ signal }) =>
      client.messages.destinations(messageId, { limit: DELIVERIES_AT_MOST }, { signal }),
    refetchInterval: POLL_MS,
  })
}

export interface Delivery {
  readonly endpoint: MessageEndpointOut
  /** Undefined until it was read. */
  readonly state: MessageDeliveryOut | undefined
}

/** Why each of them waits, and what came of those asked for by hand; read again while something is under way. */
export function useDeliveries(
  { client, messageId }: MessageKey,
  endpoints: readonly MessageEndpointOut[],
): Delivery[] {
  const states = useQueries({
    queries: endpoints.map((endpoint) => deliveryStateQuery({ client, messageId, endpoint })),
  })
  return endpoints.map((endpoint, index) => ({ endpoint, state: states[index]?.data }))
}

export function useAttempts({ client, messageId }: MessageKey, endpointId: string) {
  return useQuery({
    queryKey: ['message', messageId, 'attempts', endpointId],
    queryFn: ({ signal }) =>
      client.attempts.listByMessage(
        messageId,
        { limit: ATTEMPTS_AT_MOST, endpoint_id: endpointId, with_content: false },
        { signal },
      ),
    refetchInterval: POLL_MS,
  })
}

/** The list leaves out the request. */
export function useAttempt(
  { client, messageId }: MessageKey,
  asked: { readonly id: string; readonly mayRead: boolean },
) {
  return useQuery<MessageAttemptOut>({
    queryKey: ['attempt', asked.id],
    queryFn: ({ signal }) => client.attempts.get(messageId, asked.id, { signal }),
    enabled: asked.id !== '' && asked.mayRead,
  })
}
