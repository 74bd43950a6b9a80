import { toast, useAction } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { describeError } from '../components/query-view.tsx'
import { useClient } from './client.tsx'
import { t } from './text.ts'

/** Sends a message to one endpoint again. What the toast says is all that is known then: it is queued. */
export function useReplay() {
  const client = useClient()
  const queries = useQueryClient()
  return useAction({
    mutationFn: ({ msgId, endpointId }: { readonly msgId: string; readonly endpointId: string }) =>
      client.attempts.resend(msgId, endpointId),
    onSuccess: (_, { msgId }) => {
      toast(t('replay.queued'))
      return queries.invalidateQueries({ queryKey: ['message', msgId] })
    },
    onError: (err) => toast(describeError(err)),
  })
}
