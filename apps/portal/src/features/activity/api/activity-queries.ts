import { useQuery } from '@tanstack/react-query'
import { type Period, periodQuery, periodText } from '../../../components/period-choice.tsx'
import { useClient } from '../../../lib/client.tsx'
import type { CausesOf } from '../../../lib/use-causes.ts'

const LOOK_MS = 15_000
const NAMED = 250

interface ActivityChoice extends CausesOf {
  readonly period: Period
}

export function useTraffic({ period, endpoint, eventType }: ActivityChoice) {
  const client = useClient()
  return useQuery({
    queryKey: ['traffic', periodText(period), endpoint, eventType],
    queryFn: ({ signal }) =>
      client.traffic.get({ ...periodQuery(period), endpoint, event_type: eventType }, { signal }),
    refetchInterval: LOOK_MS,
  })
}

export function useTrafficByEndpoint(period: Period) {
  const client = useClient()
  return useQuery({
    queryKey: ['traffic-by-endpoint', periodText(period)],
    queryFn: ({ signal }) => client.traffic.byEndpoint({ ...periodQuery(period) }, { signal }),
    refetchInterval: LOOK_MS,
  })
}

export function useTrafficByEventType(period: Period) {
  const client = useClient()
  return useQuery({
    queryKey: ['traffic-by-event-type', periodText(period)],
    queryFn: ({ signal }) => client.traffic.byEventType({ ...periodQuery(period) }, { signal }),
    refetchInterval: LOOK_MS,
  })
}

/** The URLs of endpoints by id, as far as one page of them goes. */
export function useEndpointUrls() {
  const client = useClient()
  return useQuery({
    queryKey: ['endpoint-urls'],
    queryFn: async ({ signal }) => {
      const { data } = await client.endpoints.list({ limit: NAMED }, { signal })
      return new Map(data.map(({ id, url }) => [id, url]))
    },
    staleTime: LOOK_MS,
  })
}
