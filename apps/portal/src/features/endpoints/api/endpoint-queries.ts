import type { Client, EndpointFields } from '@posthorn/client'
import type { EndpointDayList, EndpointDayOut, EndpointOut } from '@posthorn/contracts'
import { useAction, useRemoval } from '@posthorn/ui'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { BOUNDED_PAGES } from '../../../lib/bounded-pages.ts'
import { useClient } from '../../../lib/client.tsx'
import { asPatched } from './as-patched.ts'

const LIST = ['endpoints']
const HEALTH_MS = 15_000
// Of one endpoint: beside what is listed live, it would contradict that for long.
const ONE_MS = 5_000
const RANKS = ['disabled_soon', 'failing', 'rate_limited', 'disabled', 'new', 'healthy']

export type DayWindow = Pick<EndpointDayList, 'since' | 'until' | 'stepSeconds'>

export interface ListedEndpoint {
  readonly endpoint: EndpointOut
  /** Null: not known at the moment. */
  readonly day: { readonly of: EndpointDayOut; readonly window: DayWindow } | null
}

export function useEndpoints(filter: Readonly<Record<'search' | 'health' | 'event_type', string>>) {
  const client = useClient()
  const sort = filter.health === '' ? 'worst' : 'id'
  return useInfiniteQuery({
    ...BOUNDED_PAGES,
    queryKey: [...LIST, filter],
    queryFn: async ({ pageParam, signal }) => {
      const asked = { ...filter, sort, limit: 50, iterator: pageParam }
      const page = await client.endpoints.list(asked, { signal })
      return { ...page, data: await withDays(client, page.data, signal) }
    },
    select: ({ pages }) => pages.flatMap((page) => page.data).toSorted(worstFirst),
    refetchInterval: HEALTH_MS,
  })
}

function worstFirst(a: ListedEndpoint, b: ListedEndpoint): number {
  const rank = ({ endpoint }: ListedEndpoint) => RANKS.indexOf(endpoint.state.health)
  return rank(a) - rank(b)
}

/** Together with the rows, so that none grows after it is painted; the list doesn't fail with its figures. */
async function withDays(
  client: Client,
  endpoints: readonly EndpointOut[],
  signal: AbortSignal,
): Promise<ListedEndpoint[]> {
  const ids = endpoints.map(({ id }) => id)
  const days = ids.length === 0 ? null : await orNull(client.traffic.endpointDays(ids, { signal }))
  const byId = new Map(days?.data.map((day) => [day.endpointId, day]))
  return endpoints.map((endpoint) => {
    const of = byId.get(endpoint.id)
    return { endpoint, day: days === null || of === undefined ? null : { of, window: days } }
  })
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch {
    return null
  }
}

/** Those that are disabled soon, or were automatically of late. */
export function useEndpointWarnings() {
  const client = useClient()
  return useQuery({
    queryKey: [...LIST, 'warnings'],
    queryFn: ({ signal }) => client.endpoints.warnings({ signal }),
    refetchInterval: HEALTH_MS,
  })
}

export function useEndpoint(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: ['endpoint', id],
    queryFn: ({ signal }) => client.endpoints.get(id, { signal }),
    refetchInterval: ONE_MS,
  })
}

export function useEndpointHeaders(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: ['endpoint', id, 'headers'],
    queryFn: ({ signal }) => client.endpoints.headers(id, { signal }),
  })
}

/** Whatever changes an endpoint makes all that is shown of endpoints old. */
export function useForgetEndpoints() {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: LIST }),
      queries.invalidateQueries({ queryKey: ['endpoint'] }),
    ])
  }
}

export function useCreateEndpoint() {
  const client = useClient()
  const onSuccess = useForgetEndpoints()
  return useAction({
    mutationFn: ({ fields, key }: { fields: EndpointFields; key: string }) =>
      client.endpoints.create(fields, key),
    onSuccess,
  })
}

/** What can be shown before the server took it is, and is taken back where it refuses. */
export function usePatchEndpoint(id: string) {
  const client = useClient()
  const queries = useQueryClient()
  const onSuccess = useForgetEndpoints()
  return useAction({
    mutationFn: async (fields: EndpointFields) => {
      const key = ['endpoint', id]
      await queries.cancelQueries({ queryKey: key, exact: true })
      const before = queries.getQueryData<EndpointOut>(key)
      if (before !== undefined) queries.setQueryData(key, asPatched(before, fields))
      try {
        return await client.endpoints.patch(id, fields)
      } catch (err) {
        queries.setQueryData(key, before)
        throw err
      }
    },
    onSuccess,
  })
}

export function useDeleteEndpoint(id: string) {
  const client = useClient()
  return useRemoval(() => client.endpoints.remove(id), LIST)
}

export function usePatchHeaders(id: string) {
  const client = useClient()
  const onSuccess = useForgetEndpoints()
  return useAction({
    mutationFn: (headers: Readonly<Record<string, string | null>>) =>
      client.endpoints.patchHeaders(id, headers),
    onSuccess,
  })
}
