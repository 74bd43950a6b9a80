import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { type Item, type ListPage, type ListPages, MOST_PAGES } from './live-pages.ts'

export interface ListPagesInput<T> {
  readonly queryKey: readonly unknown[]
  /** From the newest on, or on from an iterator; one with a leading `-`: what is newer than it. */
  readonly fetchPage: (iterator: string | undefined, signal?: AbortSignal) => Promise<ListPage<T>>
}

/** The pages of a list that are kept, and a way to change what is kept. */
export function useListPages<T extends Item>({ queryKey, fetchPage }: ListPagesInput<T>) {
  const queries = useQueryClient()
  const query = useInfiniteQuery({
    queryKey,
    queryFn: async ({ pageParam, signal }) => {
      const page = await fetchPage(pageParam, signal)
      // Of a look backwards it tells that the beginning was reached.
      return pageParam?.startsWith('-') === true ? { ...page, done: false } : page
    },
    initialPageParam: noIterator(),
    getNextPageParam: (page) => (page.done ? undefined : (page.iterator ?? undefined)),
    getPreviousPageParam: (page) => page.prevIterator ?? undefined,
    maxPages: MOST_PAGES,
    // Looking for what is newer brings it up to date, without moving anything.
    staleTime: Infinity,
  })
  const change = (to: (old: ListPages<T>) => ListPages<T>) => {
    queries.setQueryData<ListPages<T>>(queryKey, (old) => old && to(old))
  }
  return { query, items: query.data?.pages.flatMap((page) => page.data) ?? [], change }
}

function noIterator(): string | undefined {
  return undefined
}
