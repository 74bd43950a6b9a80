import type { QueryValues } from '@posthorn/client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTransport } from './session.tsx'

interface PageOf<T> {
  readonly data: readonly T[]
  readonly iterator: string | null
  readonly done: boolean
}

/** A list of the api, page after page; `data` is all of it that was asked for. */
export function usePages<T>(path: string, query: QueryValues = {}) {
  const transport = useTransport()
  const result = useInfiniteQuery({
    queryKey: [path, query],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      transport.json<PageOf<T>>({ path, query: { ...query, iterator: pageParam }, signal }),
    getNextPageParam: (page) => (page.done ? undefined : (page.iterator ?? undefined)),
  })
  const pages = result.data?.pages
  /** There is more, whether it can be gone on to or not. */
  const isPart = pages?.at(-1)?.done === false
  return { ...result, data: pages?.flatMap((page) => page.data), isPart }
}
