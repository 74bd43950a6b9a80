import type { Cancelable, QueryValues, TrafficPage } from '@posthorn/client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type Period, periodQuery, periodText } from '../../../components/period-choice.tsx'
import { useClient } from '../../../lib/client.tsx'
import type { CausesOf } from '../../../lib/use-causes.ts'

const LOOK_MS = 15_000
const NAMED = 250
/** Of 50 rows each: what has more is for a file. */
const MOST_PAGES = 4

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
  return useTrafficPages('traffic-by-endpoint', period, useClient().traffic.byEndpoint)
}

export function useTrafficByEventType(period: Period) {
  return useTrafficPages('traffic-by-event-type', period, useClient().traffic.byEventType)
}

type FetchPage<K extends string> = (
  query: QueryValues,
  asked: Cancelable,
) => Promise<TrafficPage<K>>

function useTrafficPages<K extends string>(name: string, period: Period, fetchPage: FetchPage<K>) {
  return useInfiniteQuery({
    queryKey: [name, periodText(period)],
    queryFn: ({ pageParam, signal }) =>
      fetchPage({ ...periodQuery(period), iterator: pageParam }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ done, iterator }, pages) =>
      done || pages.length >= MOST_PAGES ? undefined : (iterator ?? undefined),
    select: ({ pages }) => ({
      rows: pages.flatMap((page) => page.data),
      isPart: pages.length >= MOST_PAGES && pages.at(-1)?.done === false,
    }),
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
