import type { SearchOut } from '@posthorn/contracts'
import { useSettled } from '@posthorn/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTransport } from '../../../lib/session.tsx'

export const LEAST_LENGTH = 2
const WAIT_MS = 150
const OF_EACH_KIND = 8

/** What a text names, once it isn't being typed on. */
export function useFound(text: string) {
  const transport = useTransport()
  const settled = useSettled(text, WAIT_MS)
  const query = useQuery({
    queryKey: ['find', settled],
    queryFn: ({ signal }) =>
      transport.json<SearchOut>({
        path: '/support/search',
        query: { q: settled, limit: OF_EACH_KIND },
        signal,
      }),
    enabled: settled.length >= LEAST_LENGTH,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const isSettled = settled === text && !query.isFetching && !query.isPlaceholderData
  return { query, isSettled: isSettled && query.data !== undefined }
}
