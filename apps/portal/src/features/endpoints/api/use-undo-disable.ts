import { toast, useAction } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { describeError } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'

/** Enables an endpoint, and goes on with what was canceled as it was disabled at that moment. */
export function useUndoDisable(id: string, tell: (count: number) => string) {
  const client = useClient()
  const queries = useQueryClient()
  return useAction({
    mutationFn: (disabledAt: string) => client.endpoints.undoDisable(id, { disabledAt }),
    onSuccess: async ({ count }) => {
      toast(tell(count))
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['endpoints'] }),
        queries.invalidateQueries({ queryKey: ['endpoint'] }),
      ])
    },
    onError: (err) => toast(describeError(err)),
  })
}
