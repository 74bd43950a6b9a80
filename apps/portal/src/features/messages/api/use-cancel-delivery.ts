import { toast } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { describeError } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { useAction } from '../../../lib/use-action.ts'

/** Stops what waits; what is being sent meanwhile is refused, and shown as it is. */
export function useCancelDelivery() {
  const client = useClient()
  const queries = useQueryClient()
  return useAction({
    mutationFn: ({ messageId, endpointId }: Readonly<Record<'messageId' | 'endpointId', string>>) =>
      client.attempts.cancel(messageId, endpointId),
    onSuccess: () => toast(t('delivery.canceled')),
    onError: (err) => toast(describeError(err)),
    onSettled: (_done, _err, { messageId }) =>
      queries.invalidateQueries({ queryKey: ['message', messageId] }),
  })
}
