import { toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { describeError } from '../../../components/query-view.tsx'
import { t } from '../../../lib/text.ts'
import type { MessageKey } from './use-message.ts'

export type DeliveryAction = 'cancel' | 'retryNow'

const DONE = { cancel: 'delivery.canceled', retryNow: 'delivery.retried' } as const

/** Stops what waits, or makes its next attempt now; what is being sent meanwhile is refused, and shown as it is. */
export function useDeliveryAction({ client, messageId }: MessageKey, action: DeliveryAction) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (endpointId: string) => client.attempts[action](messageId, endpointId),
    onSuccess: () => toast(t(DONE[action])),
    onError: (err) => toast(describeError(err)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['message', messageId] }),
  })
}
