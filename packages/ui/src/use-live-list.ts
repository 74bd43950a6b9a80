import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'

const POLL_MS = 3_000
// Of 50 rows each: more than 200 rows make a page slow.
const MOST_PAGES = 4

interface Item {
  readonly id: string
}

export interface ListPage<T> {
  readonly data: T[]
  readonly iterator: string | null
  /** Null on the first page. */
  readonly prevIterator?: string | null | undefined
  readonly done: boolean
}

export interface LiveListInput<T> {
  readonly queryKey: readonly unknown[]
  readonly fetchPage: (iterator: string | undefined, signal?: AbortSignal) => Promise<ListPage<T>>
}

/**
 * A list that grows at both ends. What is newer is looked for every 3 s while the page is visible, from the
 * newest id on; `arrived` waits aside while the reader is below the top, so that nothing moves under them.
 */
export function useLiveList<T extends Item>({ queryKey, fetchPage }: LiveListInput<T>) {
  const queries = useQueryClient()
  const [arrived, setArrived] = useState<readonly T[]>([])
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: noIterator(),
    getNextPageParam: (page) => (page.done ? undefined : (page.iterator ?? undefined)),
    getPreviousPageParam: (page) => page.prevIterator ?? undefined,
    maxPages: MOST_PAGES,
  })
  const items = query.data?.pages.flatMap((page) => page.data) ?? []
  const key = JSON.stringify(queryKey)
  useEffect(() => setArrived([]), [key])

  const show = (fresh: readonly T[]) => {
    setArrived([])
    queries.setQueryData<NonNullable<typeof query.data>>(queryKey, (old) => {
      const [first, ...rest] = old?.pages ?? []
      if (old === undefined || first === undefined) return old
      return { ...old, pages: [{ ...first, data: [...fresh, ...first.data] }, ...rest] }
    })
  }
  const poll = useEffectEvent(async () => {
    if (document.visibilityState !== 'visible' || query.data === undefined) return
    // What is newest isn't among what is kept: it comes when the reader goes back up.
    if (query.hasPreviousPage) return
    const newest = arrived[0] ?? items[0]
    const page = await fetchPage(newest === undefined ? undefined : `-${newest.id}`)
    const known = new Set([...arrived, ...items].map(({ id }) => id))
    const fresh = [...page.data.filter(({ id }) => !known.has(id)), ...arrived]
    if (fresh.length === 0) return
    if (isAtTop()) show(fresh)
    else setArrived(fresh)
  })
  useEffect(() => {
    const timer = setInterval(() => void poll().catch(() => undefined), POLL_MS)
    return () => clearInterval(timer)
  }, [])
  return { query, items, arrivedCount: arrived.length, showArrived: () => show(arrived) }
}

function noIterator(): string | undefined {
  return undefined
}

function isAtTop(): boolean {
  const focused = document.activeElement
  return scrollY < 400 && (focused === null || focused.closest('tbody') === null)
}
