import { toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { describeError } from '../../../components/query-view.tsx'
import { t } from '../../../lib/text.ts'
import type { MessageKey } from './use-message.ts'

/** Stops what waits; what is being sent meanwhile is refused, and shown as it is. */
export function useCancelDelivery({ client, messageId }: MessageKey) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (endpointId: string) => client.attempts.cancel(messageId, endpointId),
    onSuccess: () => toast(t('delivery.canceled')),
    onError: (err) => toast(describeError(err)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['message', messageId] }),
  })
}
