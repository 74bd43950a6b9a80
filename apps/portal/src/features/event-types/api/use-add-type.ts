import { toast, useAction } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { describeError } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'

/** Adds the type to what an endpoint takes, of what it takes now. */
export function useAddType(name: string) {
  const client = useClient()
  const queries = useQueryClient()
  return useAction({
    mutationFn: async (endpointId: string) => {
      const { eventTypes } = await client.endpoints.get(endpointId)
      if (eventTypes == null || eventTypes.includes(name)) return
      await client.endpoints.patch(endpointId, { eventTypes: [...eventTypes, name] })
    },
    onSuccess: async () => {
      toast(t('eventTypes.added'))
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['endpoints'] }),
        queries.invalidateQueries({ queryKey: ['endpoint'] }),
      ])
    },
    onError: (err) => toast(describeError(err)),
  })
}
