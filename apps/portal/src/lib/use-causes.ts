import { useQuery } from '@tanstack/react-query'
import { useClient } from './client.tsx'

const LOOK_MS = 15_000
/** What is counted each time, not kept in sums: where there was nothing to count, that cost nothing. */
const COUNT_MS = 60_000

/** Empty: of all. One of the two at most. */
export interface CausesOf {
  readonly endpoint: string
  readonly eventType: string
}

/** Why attempts of the last day failed. */
export function useCauses({ endpoint, eventType }: CausesOf) {
  const client = useClient()
  return useQuery({
    queryKey: ['traffic-causes', endpoint, eventType],
    queryFn: ({ signal }) => client.traffic.causes({ endpoint, event_type: eventType }, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.attempts ? COUNT_MS : LOOK_MS),
  })
}
