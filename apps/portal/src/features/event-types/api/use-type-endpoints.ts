import type { EndpointOut } from '@posthorn/contracts'
import { toast, useAction } from '@posthorn/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { describeError } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'

const LOOKED_AT = 250

export interface TypeEndpoints {
  readonly taking: readonly EndpointOut[]
  readonly others: readonly EndpointOut[]
  /** There are more endpoints than were looked at. */
  readonly isPart: boolean
}

/** Which endpoints take an event type, and which could. */
export function useTypeEndpoints(name: string) {
  const client = useClient()
  return useQuery({
    queryKey: ['endpoints', 'by-type'],
    queryFn: ({ signal }) => client.endpoints.list({ limit: LOOKED_AT }, { signal }),
    select: ({ data, done }): TypeEndpoints => {
      const takes = ({ eventTypes }: EndpointOut) => eventTypes == null || eventTypes.includes(name)
      return {
        taking: data.filter(takes),
        others: data.filter((endpoint) => !takes(endpoint)),
        isPart: !done,
      }
    },
  })
}

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
