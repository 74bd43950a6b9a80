interface ListedPage {
  readonly iterator: string | null
  /** Absent on the first page. */
  readonly prevIterator?: string | null | undefined
  readonly done: boolean
}

/** For infinite queries of 50 rows a page: more than 200 rows make a page slow, so older ones push newer out. */
export const BOUNDED_PAGES = {
  initialPageParam: noIterator(),
  getNextPageParam: (page: ListedPage) => (page.done ? undefined : (page.iterator ?? undefined)),
  getPreviousPageParam: (page: ListedPage) => page.prevIterator ?? undefined,
  maxPages: 4,
}

function noIterator(): string | undefined {
  return undefined
}
