import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Period, periodQuery, periodText } from '../../../components/period-choice.tsx'
import { useClient } from '../../../lib/client.tsx'

// Beside what is listed live, it would contradict that for long.
const LOOK_MS = 5_000
// Four weeks begin with a whole day, which is a little more than is counted of messages.
const MOST_MS = 28 * 86_400_000

/** Of the attempts of a period, and of the messages that were published in it. */
export function useEndpointStats(id: string, period: Period) {
  const client = useClient()
  return useQuery({
    queryKey: ['endpoint', id, 'stats', periodText(period)],
    queryFn: async ({ signal }) => {
      const traffic = await client.traffic.get({ ...periodQuery(period), endpoint: id }, { signal })
      const { until } = traffic
      const sinceMs = Math.max(Date.parse(traffic.since), Date.parse(until) - MOST_MS)
      const span = { since: new Date(sinceMs).toISOString(), until }
      const stats = await client.endpoints.stats(id, span, { signal })
      return { traffic, stats }
    },
    refetchInterval: LOOK_MS,
    placeholderData: keepPreviousData,
  })
}
