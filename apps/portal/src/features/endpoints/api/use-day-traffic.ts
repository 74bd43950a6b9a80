import type { TrafficCount } from '@posthorn/contracts'
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../lib/client.tsx'

const AGAIN_MS = 60_000
// Of the busiest few hundred: a list shows no more of them at once.
const MAX_PAGES = 4

/** What each endpoint was sent in the last 24 hours, by its id; one that is missing was sent nothing. */
export function useDayTraffic(): ReadonlyMap<string, TrafficCount> | undefined {
  const client = useClient()
  const query = useQuery({
    queryKey: ['endpoints', 'day-traffic'],
    queryFn: async ({ signal }) => {
      const counts = new Map<string, TrafficCount>()
      let iterator: string | undefined
      for (let page = 0; page < MAX_PAGES; page++) {
        const asked = { period: '24h', iterator }
        const answer = await client.traffic.byEndpoint(asked, { signal })
        for (const { endpointId, ...count } of answer.data) counts.set(endpointId, count)
        if (answer.done || answer.iterator === null) break
        iterator = answer.iterator
      }
      return counts
    },
    refetchInterval: AGAIN_MS,
  })
  return query.data
}
