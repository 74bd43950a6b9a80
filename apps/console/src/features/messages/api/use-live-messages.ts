import type { QueryValues } from '@posthorn/client'
import {
  focusManager,
  type InfiniteData,
  useInfiniteQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTransport } from '../../../lib/session.tsx'
import { fetchMessages, type ListedMessage, type MessagesPage } from './fetch-messages.ts'

const POLL_MS = 3_000
// Of 50 rows each: more than 200 rows make a page slow.
const MOST_PAGES = 4

export interface LiveMessagesInput {
  readonly key: readonly unknown[]
  /** Asked at each look, for the filters that are counted from now. */
  readonly query: () => QueryValues
}

/**
 * The messages of all applications, newest first. What is newer is looked for while somebody looks at the page;
 * it waits aside while they read below the top. Rows that still wait for an outcome are read again in place.
 */
export function useLiveMessages({ key, query: readQuery }: LiveMessagesInput) {
  const transport = useTransport()
  const queries = useQueryClient()
  const [arrived, setArrived] = useState<readonly ListedMessage[]>([])
  const queryKey = ['support-messages', ...key]
  const fetch = (iterator: string, signal?: AbortSignal) =>
    fetchMessages(transport, { query: readQuery(), iterator, signal })
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetch(pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => (page.isLast ? undefined : (page.iterator ?? undefined)),
    getPreviousPageParam: (page) => page.prevIterator ?? undefined,
    maxPages: MOST_PAGES,
    refetchOnWindowFocus: false,
  })
  const items = query.data?.pages.flatMap((page) => page.data) ?? []
  const searchedFrom = useRef<string | null>(null)
  useEffect(() => {
    setArrived([])
    searchedFrom.current = null
  }, [JSON.stringify(queryKey)])

  const change = (replace: Replace) =>
    queries.setQueryData<Pages>(queryKey, (old) => old && withFirst(old, replace))
  const show = (fresh: readonly ListedMessage[]) => {
    setArrived([])
    change((first) => [...fresh, ...first])
  }
  const lookForNewer = async () => {
    const known = [...arrived, ...items]
    const [newest] = known
    const start = newest === undefined ? '' : `-${newest.id}`
    const page = await fetch(searchedFrom.current ?? start)
    // Where nothing matched, the next look goes on behind what was searched.
    searchedFrom.current = page.data.length === 0 ? page.prevIterator : null
    const fresh = [...withoutKnown(page.data, known), ...arrived]
    if (fresh.length === 0) return
    if (isAtTop()) show(fresh)
    else setArrived(fresh)
  }
  const readWaitingAgain = async () => {
    if (!items.some(({ deliveries }) => deliveries.pending > 0)) return
    const page = await fetch('')
    change((first) => withNews(first, page.data))
  }
  // Where the newest isn't among what is kept, it comes when the reader goes back up.
  usePoll(query.data !== undefined && !query.hasPreviousPage, async () => {
    await lookForNewer()
    await readWaitingAgain()
  })
  return { query, items, arrivedCount: arrived.length, showArrived: () => show(arrived) }
}

type Pages = InfiniteData<MessagesPage, string>
type Replace = (first: readonly ListedMessage[]) => ListedMessage[]

function withFirst(old: Pages, replace: Replace): Pages {
  const [first, ...rest] = old.pages
  if (first === undefined) return old
  return { ...old, pages: [{ ...first, data: replace(first.data) }, ...rest] }
}

function withoutKnown(
  messages: readonly ListedMessage[],
  known: readonly ListedMessage[],
): ListedMessage[] {
  const ids = new Set(known.map(({ id }) => id))
  return messages.filter(({ id }) => !ids.has(id))
}

function withNews(
  messages: readonly ListedMessage[],
  news: readonly ListedMessage[],
): ListedMessage[] {
  const byId = new Map(news.map((message) => [message.id, message]))
  return messages.map((message) => byId.get(message.id) ?? message)
}

/** While somebody is there: a list that nobody looks at keeps no session alive. */
function usePoll(isOn: boolean, look: () => Promise<void>): void {
  const poll = useEffectEvent(() => {
    if (isOn && focusManager.isFocused()) void look().catch(() => undefined)
  })
  useEffect(() => {
    const timer = setInterval(poll, POLL_MS)
    return () => clearInterval(timer)
  }, [])
}

function isAtTop(): boolean {
  const focused = document.activeElement
  return scrollY < 400 && (focused === null || focused.closest('tbody') === null)
}
