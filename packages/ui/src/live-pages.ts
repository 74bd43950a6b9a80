import type { InfiniteData } from '@tanstack/react-query'

export interface Item {
  readonly id: string
}

export interface ListPage<T> {
  readonly data: T[]
  readonly iterator: string | null
  /** Null where the list begins; absent on its first page. */
  readonly prevIterator?: string | null | undefined
  readonly done: boolean
}

export type ListPages<T> = InfiniteData<ListPage<T>, string | undefined>

export const PAGE_ROWS = 50
/** More than 200 rows make a page slow. */
export const MOST_PAGES = 4

/** Rows that came since, above those of the first page; as many of the oldest as are too many leave. */
export function withNewer<T extends Item>(old: ListPages<T>, newer: readonly T[]): ListPages<T> {
  const last = old.pages.at(-1)
  if (last === undefined) return old
  const rows = newestFirst([...newer, ...old.pages.flatMap((page) => page.data)])
  const kept = rows.slice(0, MOST_PAGES * PAGE_ROWS)
  const isCut = kept.length < rows.length
  const pages: ListPage<T>[] = []
  for (let from = 0; from === 0 || from < kept.length; from += PAGE_ROWS) {
    const data = kept.slice(from, from + PAGE_ROWS)
    const isLast = from + PAGE_ROWS >= kept.length
    const end =
      isLast && !isCut
        ? { iterator: last.iterator, done: last.done }
        : { iterator: data.at(-1)?.id ?? null, done: false }
    pages.push({ data, prevIterator: from === 0 ? null : `-${data[0]?.id ?? ''}`, ...end })
  }
  return { pages, pageParams: [undefined, ...pages.slice(0, -1).map(iteratorOf)] }
}

/** The rows that `news` knows too, as they are there. */
export function withNews<T extends Item>(old: ListPages<T>, news: readonly T[]): ListPages<T> {
  const byId = new Map(news.map((item) => [item.id, item]))
  const pages = old.pages.map((page) => ({
    ...page,
    data: page.data.map((item) => byId.get(item.id) ?? item),
  }))
  return { ...old, pages }
}

/** Each once: ids sort by time, and one that was stored late has its place between others. */
export function newestFirst<T extends Item>(items: readonly T[]): T[] {
  const byId = new Map(items.map((item) => [item.id, item]))
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1))
}

export function withoutKnown<T extends Item>(items: readonly T[], known: readonly T[]): T[] {
  const ids = new Set(known.map(({ id }) => id))
  return items.filter(({ id }) => !ids.has(id))
}

function iteratorOf<T>({ iterator }: ListPage<T>): string | undefined {
  return iterator ?? undefined
}
