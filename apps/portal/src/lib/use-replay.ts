import { toast, useAction } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { describeError } from '../components/query-view.tsx'
import { useClient } from './client.tsx'
import { t } from './text.ts'

/** A message at an endpoint. */
export interface Delivery {
  readonly msgId: string
  readonly endpointId: string
}

export type OnReplayed = (deliveries: readonly Delivery[]) => void

/** Sends messages to an endpoint each again. What the toast says is all that is known then: they are queued. */
export function useReplay(onReplayed?: OnReplayed) {
  const client = useClient()
  const queries = useQueryClient()
  return useAction({
    mutationFn: async (deliveries: readonly Delivery[]) => {
      for (const { msgId, endpointId } of deliveries)
        await client.attempts.resend(msgId, endpointId)
    },
    onSuccess: (_, deliveries) => {
      toast(t('replay.queued'))
      onReplayed?.(deliveries)
      const [one, ...others] = deliveries
      const queryKey = one === undefined || others.length > 0 ? ['message'] : ['message', one.msgId]
      return queries.invalidateQueries({ queryKey })
    },
    onError: (err) => toast(describeError(err)),
  })
}
