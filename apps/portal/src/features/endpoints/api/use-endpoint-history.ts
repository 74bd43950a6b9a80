import { useInfiniteQuery } from '@tanstack/react-query'
import { BOUNDED_PAGES } from '../../../lib/bounded-pages.ts'
import { useClient } from '../../../lib/client.tsx'

export function useEndpointHistory(id: string) {
  const client = useClient()
  return useInfiniteQuery({
    ...BOUNDED_PAGES,
    queryKey: ['endpoint', id, 'history'],
    queryFn: ({ pageParam, signal }) =>
      client.endpoints.history(id, { limit: 50, iterator: pageParam }, { signal }),
    select: ({ pages }) => pages.flatMap((page) => page.data),
  })
}
