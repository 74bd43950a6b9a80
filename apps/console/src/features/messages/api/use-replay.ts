import { ApiError } from '@posthorn/client'
import { toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { describeError } from '../../../components/query-view.tsx'
import { t } from '../../../lib/text.ts'
import type { MessageKey } from './use-message.ts'

/** Sends a message to endpoints again. What the toast says is all that is known then: it is queued. */
export function useReplay({ client, messageId }: MessageKey) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (endpointIds: readonly string[]) => {
      let queued = 0
      const refusals: ApiError[] = []
      for (const endpointId of endpointIds) {
        try {
          await client.attempts.resend(messageId, endpointId)
          queued += 1
        } catch (err) {
          // One that can't be sent to keeps the others from nothing; what is no refusal ends it.
          if (!(err instanceof ApiError) || err.status < 400 || err.status >= 500) throw err
          refusals.push(err)
        }
      }
      return { queued, refusals }
    },
    onSuccess: ({ queued, refusals: [refusal, ...more] }) => {
      if (queued > 0)
        toast(queued === 1 ? t('replay.queued') : t('replay.queuedMany', { n: queued }))
      if (refusal === undefined) return
      const text = describeError(refusal)
      toast(more.length === 0 ? text : t('replay.refused', { n: more.length + 1, text }))
    },
    onError: (err) => toast(describeError(err)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['message', messageId] }),
  })
}
