import type { OperationalWebhookEndpointOut } from '@posthorn/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTransport } from '../../lib/session.tsx'

export const WEBHOOKS = '/operational-webhook/endpoint'

export function pathOf(id: string): string {
  return `${WEBHOOKS}/${encodeURIComponent(id)}`
}

export function useOperationalWebhook(id: string) {
  const transport = useTransport()
  return useQuery({
    queryKey: [WEBHOOKS, id],
    queryFn: ({ signal }) =>
      transport.json<OperationalWebhookEndpointOut>({ path: pathOf(id), signal }),
  })
}

interface Change {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Behind the endpoint's own path. */
  readonly suffix?: string
  readonly body?: object
}

/** Any change of one endpoint, after which all that was read of these endpoints is read anew. */
export function useChange(id: string, onDone?: () => void) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ suffix = '', ...request }: Change) =>
      transport.json({ path: pathOf(id) + suffix, ...request }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [WEBHOOKS] })
      onDone?.()
    },
  })
}
