import { toast, useAction } from '@posthorn/ui'
import { useMutation } from '@tanstack/react-query'
import { describeError } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { useForgetEndpoints } from './endpoint-queries.ts'

interface Removed {
  readonly endpointId: string
  readonly name: string
  readonly undo: string
}

/** Nothing is sent with it any more from then on; as long as the toast is there, its value isn't lost. */
export function useRemoveHeader(endpointId: string) {
  const client = useClient()
  const forget = useForgetEndpoints()
  const undo = useUndo()
  return useAction({
    mutationFn: (name: string) => client.endpoints.removeHeader(endpointId, name),
    onSuccess: (removed, name) => {
      const act = () => undo.mutate({ endpointId, name, undo: removed.undo })
      toast(t('headers.removed', { name }), { label: t('disable.undo'), act })
    },
    onError: (err) => toast(describeError(err)),
    onSettled: forget,
  })
}

/** Of each that was removed: one doesn't wait for another's. */
function useUndo() {
  const client = useClient()
  const forget = useForgetEndpoints()
  return useMutation({
    mutationFn: ({ endpointId, undo }: Removed) =>
      client.endpoints.undoRemoveHeader(endpointId, undo),
    onSuccess: (_, { name }) => toast(t('headers.restored', { name })),
    onError: (err) => toast(describeError(err)),
    onSettled: forget,
  })
}
