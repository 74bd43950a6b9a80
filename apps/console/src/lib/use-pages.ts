import type { QueryValues } from '@posthorn/client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTransport } from './session.tsx'

interface PageOf<T> {
  readonly data: readonly T[]
  readonly iterator: string | null
  readonly done: boolean
}

/** More than 200 rows make a page slow. */
const SHOWN_PAGES = 4

/** A list of the api, page after page; `data` is what is shown of what was asked for, at most four pages of it. */
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
  const count = pages?.length ?? 0
  const [first, goTo] = useFirst(JSON.stringify([path, query]), count)
  const isKnownOn = first + SHOWN_PAGES < count
  const fetchNextPage = async () => {
    const next = isKnownOn ? count : ((await result.fetchNextPage()).data?.pages.length ?? 0)
    goTo(Math.min(first + 1, next - SHOWN_PAGES))
  }
  /** There is more, whether it can be gone on to or not. */
  const isPart = pages?.at(-1)?.done === false
  return {
    ...result,
    data: pages?.slice(first, first + SHOWN_PAGES).flatMap((page) => page.data),
    isPart,
    hasNextPage: isKnownOn || result.hasNextPage,
    fetchNextPage,
    hasPreviousPage: first > 0,
    isFetchingPreviousPage: false,
    fetchPreviousPage: () => goTo(first - 1),
  }
}

/** Which of the pages that are known is shown first, of the list of that key. */
function useFirst(key: string, count: number): [number, (page: number) => void] {
  const [place, setPlace] = useState({ key, first: 0 })
  const kept = place.key === key ? place.first : 0
  const goTo = (page: number) => setPlace({ key, first: Math.max(0, page) })
  return [Math.min(kept, Math.max(0, count - 1)), goTo]
}
