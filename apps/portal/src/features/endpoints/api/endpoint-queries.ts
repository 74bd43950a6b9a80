import type { EndpointFields } from '@posthorn/client'
import type { EndpointOut } from '@posthorn/contracts'
import { useAction } from '@posthorn/ui'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { BOUNDED_PAGES } from '../../../lib/bounded-pages.ts'
import { useClient } from '../../../lib/client.tsx'

const LIST = ['endpoints']
const HEALTH_MS = 15_000
// Of one endpoint: beside what is listed live, it would contradict that for long.
const ONE_MS = 5_000
const RANKS = ['disabled_soon', 'failing', 'rate_limited', 'disabled', 'new', 'healthy']

export function useEndpoints(filter: Readonly<Record<'search' | 'health', string>>) {
  const client = useClient()
  const sort = filter.health === '' ? 'worst' : 'id'
  return useInfiniteQuery({
    ...BOUNDED_PAGES,
    queryKey: [...LIST, filter],
    queryFn: ({ pageParam, signal }) =>
      client.endpoints.list({ ...filter, sort, limit: 50, iterator: pageParam }, { signal }),
    select: ({ pages }) => pages.flatMap((page) => page.data).toSorted(worstFirst),
    refetchInterval: HEALTH_MS,
  })
}

function worstFirst(a: EndpointOut, b: EndpointOut): number {
  return RANKS.indexOf(a.state.health) - RANKS.indexOf(b.state.health)
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
function useForgetEndpoints() {
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

export function usePatchEndpoint(id: string) {
  const client = useClient()
  const onSuccess = useForgetEndpoints()
  return useAction({
    mutationFn: (fields: EndpointFields) => client.endpoints.patch(id, fields),
    onSuccess,
  })
}

export function useDeleteEndpoint(id: string) {
  const client = useClient()
  const queries = useQueryClient()
  return useAction({
    mutationFn: () => client.endpoints.remove(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: LIST }),
  })
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
