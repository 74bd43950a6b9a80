import { toast } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { describeError } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { useAction } from '../../../lib/use-action.ts'

export type DeliveryAction = 'cancel' | 'retryNow'

const DONE = { cancel: 'delivery.canceled', retryNow: 'delivery.retried' } as const

/** Stops what waits, or makes its next attempt now; what is being sent meanwhile is refused, and shown as it is. */
export function useDeliveryAction(action: DeliveryAction) {
  const client = useClient()
  const queries = useQueryClient()
  return useAction({
    mutationFn: ({ messageId, endpointId }: Readonly<Record<'messageId' | 'endpointId', string>>) =>
      client.attempts[action](messageId, endpointId),
    onSuccess: () => toast(t(DONE[action])),
    onError: (err) => toast(describeError(err)),
    onSettled: (_done, _err, { messageId }) =>
      queries.invalidateQueries({ queryKey: ['message', messageId] }),
  })
}
