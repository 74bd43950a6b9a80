import { useQuery } from '@tanstack/react-query'
import { useListFilters } from '../../../components/list-filters.tsx'
import { useClient } from '../../../lib/client.tsx'

export interface Neighbours {
  /** Older, as the list goes; null: there is none. */
  readonly next: string | null
  readonly previous: string | null
}

const AGAIN_MS = 15_000

/** The messages beside one (its id; empty: not known yet) in the list that it was opened from, whose filters the URL still has. */
export function useNeighbours(messageId: string): Neighbours {
  const client = useClient()
  const filters = useListFilters()
  const query = useQuery({
    queryKey: ['message', messageId, 'neighbours', filters.values],
    queryFn: async ({ signal }) => {
      const beside = async (iterator: string) => {
        const page = { limit: 1, with_content: false, expanded_statuses: true, iterator }
        const { data } = await client.messages.list({ ...filters.query(), ...page }, { signal })
        return data[0]?.id ?? null
      }
      const [next, previous] = await Promise.all([beside(messageId), beside(`-${messageId}`)])
      return { next, previous }
    },
    refetchInterval: AGAIN_MS,
    enabled: messageId !== '',
  })
  return query.data ?? { next: null, previous: null }
}
