import type { KeyWindow } from '@posthorn/db'

export interface PageRequest {
  readonly limit: number
  /** The key of the item to go on after; a leading `-` walks backwards from it. */
  readonly iterator?: string | undefined
  readonly order: 'ascending' | 'descending'
}

export interface Page<T> {
  readonly items: readonly T[]
  /** The last item's key; null on an empty page. */
  readonly iterator: string | null
  /** `-` and the first item's key; null where the list begins. */
  readonly prevIterator: string | null
  readonly done: boolean
}

interface PageSource<T> {
  /** The rows beyond `window.after` in that direction, at most `window.take`. */
  fetch(window: KeyWindow): Promise<readonly T[]>
  readonly keyOf: (row: T) => string
}

/** One page of a list that is served by an index in exactly this order. One row more than asked tells `done`. */
export async function listPage<T>(request: PageRequest, source: PageSource<T>): Promise<Page<T>> {
  const { window, isBackwards } = windowOf(request)
  const rows = await source.fetch({ ...window, take: request.limit + 1 })
  const kept = rows.slice(0, request.limit)
  const done = rows.length <= request.limit
  const items = isBackwards ? kept.toReversed() : kept
  return { items, ...iteratorsOf(request, { keys: items.map(source.keyOf), done }) }
}

export interface ScannedPageSource<T, Kept = T> extends PageSource<T> {
  /** How many rows one page may look at. */
  readonly scanLimit: number
  /** Those that match, in their order; no more than `most` are of use. */
  keep(rows: readonly T[], most: number): Promise<readonly Kept[]>
  readonly keyOf: (row: T | Kept) => string
}

/**
 * One page of a list with a filter that no index serves: looks at a bounded number of rows, so that a rare
 * match may answer a short page with `done: false`, to be gone on with from its iterator.
 */
export async function listScannedPage<T, Kept = T>(
  request: PageRequest,
  source: ScannedPageSource<T, Kept>,
): Promise<Page<Kept>> {
  const { window, isBackwards } = windowOf(request)
  const scanned = await source.fetch({ ...window, take: source.scanLimit })
  const matches = await source.keep(scanned, request.limit + 1)
  const kept = matches.slice(0, request.limit)
  const items = isBackwards ? kept.toReversed() : kept
  const isCut = matches.length > request.limit
  if (isCut)
    return { items, ...iteratorsOf(request, { keys: items.map(source.keyOf), done: false }) }
  const seen = scanned.map(source.keyOf)
  const keys = isBackwards ? seen.toReversed() : seen
  return { items, ...iteratorsOf(request, { keys, done: scanned.length < source.scanLimit }) }
}

function windowOf(request: PageRequest): { window: Omit<KeyWindow, 'take'>; isBackwards: boolean } {
  const isBackwards = request.iterator?.startsWith('-') ?? false
  const isAscending = (request.order === 'ascending') !== isBackwards
  const after = request.iterator?.replace(/^-/, '') ?? null
  return { window: { after, direction: isAscending ? 'asc' : 'desc' }, isBackwards }
}

interface Reached {
  /** In the list's order. */
  readonly keys: readonly string[]
  readonly done: boolean
}

function iteratorsOf(
  { iterator }: PageRequest,
  { keys, done }: Reached,
): Omit<Page<unknown>, 'items'> {
  const [first, last] = [keys[0], keys.at(-1)]
  const isAtStart = iterator === undefined || (iterator.startsWith('-') && done)
  const prevIterator = isAtStart || first === undefined ? null : `-${first}`
  return { iterator: last ?? null, prevIterator, done }
}
