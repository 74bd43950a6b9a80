import type { IdRange, ScannedRow } from '@posthorn/db'
import { firstIdAt } from '@posthorn/runtime'
import type { Page } from '../list-page.ts'

/**
 * Pages over ids that sort by time. A page walks from one end of a range to its limit, looks at a
 * bounded number of rows and carries a bounded weight; what stops it early leaves it short, with
 * `done: false` and an iterator to go on from.
 *
 *  | asked for                | walks                 | goes on with   |
 *  | nothing, or an iterator  | in the list's order   | `iterator`     |
 *  | `-` and an id            | against it            | `prevIterator` |
 *  | `after` alone            | oldest first          | `prevIterator` |
 */

export interface IdPageInput {
  readonly limit: number
  readonly iterator?: string | undefined
  /** Exclusive, as the ids' 4 ms allow. */
  readonly before?: Date | undefined
  /** Inclusive. */
  readonly after?: Date | undefined
}

export interface IdList {
  readonly prefix: 'msg_' | 'atmpt_' | 'ep_'
  readonly order: IdRange['order']
}

/** Those of a slice that match and, whether it does or not, its last one, in any order. */
export type ReadRows<R> = (range: IdRange) => Promise<R[]>

const MAX_SCANNED_ROWS = 5_000
/** Small, so that every planner takes the index that has the order, whatever its statistics say. */
const SLICE_ROWS = 500
const MAX_PAGE_BYTES = 8_000_000
const ID_BODY_LENGTH = 27
// Above every character of an id.
const BEYOND = '~'

export async function readIdPage<R extends ScannedRow>(
  list: IdList,
  input: IdPageInput,
  read: ReadRows<R>,
): Promise<Page<R>> {
  const walk = startWalk(list, input)
  const scan = await scanRows(walk, input.limit, read)
  const rows = withinWeight(scan.found.slice(0, input.limit))
  const isCut = rows.length < scan.found.length
  const stop: Stop = {
    isDone: !isCut && scan.isExhausted,
    lastId: isCut ? rows.at(-1)?.id : (scan.lastId ?? undefined),
  }
  return walk.isBackwards
    ? backwardsPage(list, rows, stop)
    : forwardsPage(list, { input, rows, stop })
}

interface Stop {
  readonly isDone: boolean
  /** Where the walk goes on; undefined when it came by nothing. */
  readonly lastId: string | undefined
}

interface Walk extends Omit<IdRange, 'take'> {
  readonly isBackwards: boolean
}

function startWalk(list: IdList, input: IdPageInput): Walk {
  const window = {
    after: input.after === undefined ? list.prefix : justBefore(list, input.after),
    before:
      input.before === undefined ? list.prefix + BEYOND : firstIdAt(...at(list, input.before)),
  }
  const isBackwards =
    input.iterator === undefined
      ? input.after !== undefined && input.before === undefined
      : input.iterator.startsWith('-')
  const order = isBackwards ? opposite(list.order) : list.order
  const start = { ...window, order, isBackwards }
  return input.iterator === undefined ? start : past(start, input.iterator.replace(/^-/, ''))
}

function at(list: IdList, moment: Date): Parameters<typeof firstIdAt> {
  return [list.prefix, moment.getTime()]
}

// The first id of that instant without its last digit sorts right before it: `after` is inclusive.
function justBefore(list: IdList, moment: Date): string {
  return firstIdAt(...at(list, moment)).slice(0, -1)
}

function opposite(order: IdRange['order']): IdRange['order'] {
  return order === 'ascending' ? 'descending' : 'ascending'
}

/** What is left of the range once the walk came by `id`. */
function past(walk: Walk, id: string): Walk {
  if (walk.order === 'ascending') return { ...walk, after: id > walk.after ? id : walk.after }
  return { ...walk, before: id < walk.before ? id : walk.before }
}

interface Scan<R> {
  /** Up to one more than the page holds. */
  readonly found: R[]
  readonly lastId: string | null
  readonly isExhausted: boolean
}

async function scanRows<R extends ScannedRow>(
  start: Walk,
  limit: number,
  read: ReadRows<R>,
): Promise<Scan<R>> {
  const found: R[] = []
  let walk = start
  let lastId: string | null = null
  for (let scanned = 0, take = limit + 1; scanned < MAX_SCANNED_ROWS; scanned += take) {
    if (scanned > 0) take = SLICE_ROWS
    const range = { after: walk.after, before: walk.before, order: walk.order, take }
    const rows = inOrder(walk, await read(range))
    found.push(...rows.filter((row) => row.matches))
    lastId = rows.at(-1)?.id ?? lastId
    const isExhausted = (rows.at(-1)?.scanned ?? 0) < take
    if (isExhausted || found.length > limit) return { found, lastId, isExhausted }
    if (lastId !== null) walk = past(walk, lastId)
  }
  return { found, lastId, isExhausted: false }
}

// Ids are compared as the database compares them, byte by byte.
function inOrder<R extends ScannedRow>({ order }: Walk, rows: readonly R[]): R[] {
  const sign = order === 'ascending' ? 1 : -1
  return rows.toSorted((a, b) => (a.id < b.id ? -sign : sign))
}

/** At least one row, and no more than an answer can carry. */
function withinWeight<R extends ScannedRow>(rows: R[]): R[] {
  let bytes = 0
  const tooMuch = rows.findIndex((row, index) => {
    bytes += row.bytes
    return index > 0 && bytes > MAX_PAGE_BYTES
  })
  return tooMuch === -1 ? rows : rows.slice(0, tooMuch)
}

interface Forwards<R> {
  readonly input: IdPageInput
  readonly rows: R[]
  readonly stop: Stop
}

function forwardsPage<R extends ScannedRow>(
  list: IdList,
  { input, rows, stop }: Forwards<R>,
): Page<R> {
  const isFirst = input.iterator === undefined
  const first = rows[0]?.id ?? stop.lastId ?? endOfWalk(list, list.order)
  return {
    items: rows,
    iterator: (stop.isDone ? rows.at(-1)?.id : stop.lastId) ?? null,
    prevIterator: isFirst ? null : `-${first}`,
    done: stop.isDone,
  }
}

function backwardsPage<R extends ScannedRow>(list: IdList, rows: R[], stop: Stop): Page<R> {
  const items = rows.toReversed()
  return {
    items,
    iterator: items.at(-1)?.id ?? stop.lastId ?? endOfWalk(list, opposite(list.order)),
    prevIterator: stop.isDone || stop.lastId === undefined ? null : `-${stop.lastId}`,
    done: stop.isDone,
  }
}

// Where a walk that found nothing ended, so that turning round shows the rows it came from.
function endOfWalk(list: IdList, order: IdRange['order']): string {
  return order === 'descending'
    ? list.prefix + '0'.repeat(ID_BODY_LENGTH)
    : list.prefix + LARGEST_ID_BODY
}

// 2^160 - 1 in base62: iterators above it are refused.
const LARGEST_ID_BODY = 'aWgEPTl1tmebfsQzFP4bxwgy80V'
