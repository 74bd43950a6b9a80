import { useRef, useState } from 'react'
import {
  type Item,
  newestFirst,
  PAGE_ROWS,
  withNewer,
  withNews,
  withoutKnown,
} from './live-pages.ts'
import { toast } from './toast.tsx'
import { useAtRest } from './use-at-rest.ts'
import { type ListPagesInput, useListPages } from './use-list-pages.ts'
import { usePoll } from './use-poll.ts'
import { useSlide } from './use-slide.ts'
import { t } from './words.ts'

// One that is stored a moment after a later one is still come by.
const OVERLAP_ROWS = 10

interface LiveListInput<T> extends ListPagesInput<T> {
  /**
   * Rows that something may still become of: while there is one, the newest are read again in place. Of a list
   * that has such rows all are, once, when it is come back to.
   */
  readonly isOpen?: (item: T) => boolean
}

/**
 * A list, newest first, that grows at both ends. What is newer is looked for from the newest id on. It slides in
 * while nobody reads; else it waits aside until it is asked for, and nothing moves. No more than 200 rows stay.
 */
export function useLiveList<T extends Item>(input: LiveListInput<T>) {
  const { queryKey, fetchPage } = input
  const key = JSON.stringify(queryKey)
  const list = useRef<HTMLDivElement>(null)
  const slide = useSlide(list)
  const [isPaused, setIsPaused] = useState(false)
  const { query, items, change } = useListPages(input)
  const isAtRest = useAtRest(list, !query.isFetchedAfterMount)
  const { aside, setAside } = useAside<T>(key)
  const arrived = withoutKnown(aside.items, items)

  const show = (newer: readonly T[]) => {
    setAside([], null)
    change((old) => withNewer(old, newer))
  }
  const look = async () => {
    const fresh = await lookForNewer({ ...input, arrived, items, from: aside.searchedFrom })
    if (fresh === null || isNothing(fresh, aside)) return
    const isFree = isAtRest() || items.length === 0
    const mayShow = fresh.items.length > 0 && fresh.isAll && isFree
    if (!mayShow) setAside(newestFirst([...fresh.items, ...arrived]), fresh.searchedFrom)
    else {
      if (items.length > 0) slide()
      show([...fresh.items, ...arrived])
    }
  }
  // Where the newest isn't among what is kept, it comes when the reader goes back up.
  const isOn = !isPaused && query.data !== undefined && !query.hasPreviousPage
  const lookError = usePoll(isOn, async () => {
    await look()
    await readAgain({ ...input, query, items, change })
  })
  const showArrived = async () => {
    if (arrived.length < PAGE_ROWS) show(arrived)
    else {
      const page = await fetchPage(undefined)
      setAside([], null)
      change(() => ({ pages: [page], pageParams: [undefined] }))
    }
    if (list.current !== null) goToTop(list.current)
  }
  return {
    query,
    items,
    /** To be put on what holds the table. */
    list,
    /** Of a page or more it isn't known how many. */
    arrived: { count: Math.min(arrived.length, PAGE_ROWS), isMore: arrived.length >= PAGE_ROWS },
    showArrived: () => void showArrived().catch(() => toast(t('live.behind'))),
    isPaused,
    setIsPaused,
    isBehind: isOn && lookError !== null,
  }
}

interface Aside<T> {
  readonly key: string
  readonly items: readonly T[]
  /** Where the next look goes on, after one that met nothing within its bound. */
  readonly searchedFrom: string | null
}

/** What came and isn't shown yet, of the list of that key: what a look at another one brings is not. */
function useAside<T>(key: string) {
  const [kept, setKept] = useState<Aside<T>>({ key, items: [], searchedFrom: null })
  const aside = kept.key === key ? kept : { key, items: [], searchedFrom: null }
  const setAside = (items: readonly T[], searchedFrom: string | null) =>
    setKept({ key, items, searchedFrom })
  return { aside, setAside }
}

interface Look<T> extends ListPagesInput<T> {
  readonly arrived: readonly T[]
  readonly items: readonly T[]
  readonly from: string | null
}

/** Null: so much is there already that it is shown anew. */
async function lookForNewer<T extends Item>({
  fetchPage,
  arrived,
  items,
  from,
}: Look<T>): Promise<Fresh<T> | null> {
  if (arrived.length >= PAGE_ROWS) return null
  const known = [...arrived, ...items]
  const start = known[Math.min(OVERLAP_ROWS, known.length) - 1]
  const page = await fetchPage(from ?? (start && `-${start.id}`))
  const fresh = withoutKnown(page.data, known)
  const next = page.prevIterator ?? null
  const searchedFrom = fresh.length > 0 ? null : (next ?? from)
  return { items: fresh, isAll: next === null, searchedFrom }
}

interface Fresh<T> extends Pick<Aside<T>, 'items' | 'searchedFrom'> {
  readonly isAll: boolean
}

function isNothing<T>(fresh: Fresh<T>, aside: Aside<T>): boolean {
  return fresh.items.length === 0 && fresh.searchedFrom === aside.searchedFrom
}

type Kept<T extends Item> = LiveListInput<T> & ReturnType<typeof useListPages<T>>

async function readAgain<T extends Item>({ fetchPage, isOpen, query, items, change }: Kept<T>) {
  const isFromBefore = !query.isFetchedAfterMount
  if (isOpen === undefined || !(isFromBefore || items.some(isOpen))) return
  const older = isFromBefore ? (query.data?.pages.slice(0, -1) ?? []) : []
  const iterators = [undefined, ...older.map((page) => page.iterator ?? undefined)]
  const pages = await Promise.all(iterators.map((iterator) => fetchPage(iterator)))
  const news = pages.flatMap((page) => page.data)
  change((old) => withNews(old, news))
}

// The button that had the focus is gone by then.
function goToTop(list: HTMLElement): void {
  list.focus({ preventScroll: true })
  if (list.getBoundingClientRect().top < 0) list.scrollIntoView({ block: 'start' })
}
