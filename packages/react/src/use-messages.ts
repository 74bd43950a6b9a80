import type { QueryValues } from '@posthorn/client'
import { usePosthorn } from './posthorn-provider.tsx'
import { useAnswer } from './use-answer.ts'
import { useList } from './use-list.ts'

export function useEventTypes(query: QueryValues = {}) {
  const client = usePosthorn()
  return useList(`event types ${JSON.stringify(query)}`, (iterator, signal) =>
    client.eventTypes.list({ limit: 50, ...query, iterator }, { signal }),
  )
}

export function useMessages(query: QueryValues = {}) {
  const client = usePosthorn()
  return useList(`messages ${JSON.stringify(query)}`, (iterator, signal) =>
    client.messages.list({ limit: 50, ...query, iterator }, { signal }),
  )
}

/** A message with its payload as it was published, byte for byte. */
export function useMessage(id: string) {
  const client = usePosthorn()
  return useAnswer(`message ${id}`, (signal) => client.messages.get(id, { signal }))
}

export function useEndpointAttempts(endpointId: string, query: QueryValues = {}) {
  const client = usePosthorn()
  return useList(`attempts of ${endpointId} ${JSON.stringify(query)}`, (iterator, signal) =>
    client.attempts.listByEndpoint(endpointId, { limit: 50, ...query, iterator }, { signal }),
  )
}

export function useMessageAttempts(messageId: string, query: QueryValues = {}) {
  const client = usePosthorn()
  return useList(`attempts at ${messageId} ${JSON.stringify(query)}`, (iterator, signal) =>
    client.attempts.listByMessage(messageId, { limit: 50, ...query, iterator }, { signal }),
  )
}

/** Sends a message to one endpoint again, under the same `webhook-id`. */
export function useReplay() {
  const client = usePosthorn()
  return (messageId: string, endpointId: string) => client.attempts.resend(messageId, endpointId)
}
