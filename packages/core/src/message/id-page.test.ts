import type { IdRange, ScannedRow } from '@posthorn/db'
import { firstIdAt } from '@posthorn/runtime'
import { describe, expect, it } from 'vitest'
import { type IdPageInput, type IdList, readIdPage } from './id-page.ts'

const NEWEST: IdList = { prefix: 'msg_', order: 'descending' }
const START_MS = Date.UTC(2026, 0, 1)
const STEP_MS = 60_000

function atMs(n: number): number {
  return START_MS + n * STEP_MS
}

function id(n: number): string {
  return firstIdAt('msg_', atMs(n))
}

interface SetupOptions {
  readonly count: number
  readonly matches?: (n: number) => boolean
  readonly bytes?: number
}

function setup({ count, matches = () => true, bytes = 0 }: SetupOptions) {
  const rows: Omit<ScannedRow, 'scanned'>[] = []
  const reads: IdRange[] = []
  const add = (n: number) => rows.push({ id: id(n), matches: matches(n), bytes })
  for (let n = 0; n < count; n++) add(n)
  const read = (range: IdRange) => {
    reads.push(range)
    const inside = rows.filter((row) => row.id > range.after && row.id < range.before)
    const sign = range.order === 'ascending' ? 1 : -1
    const sorted = inside.toSorted((a, b) => (a.id < b.id ? -sign : sign))
    const slice = sorted.slice(0, range.take)
    const scanned = slice.map((row) => ({ ...row, scanned: slice.length }))
    return Promise.resolve(scanned.filter((row, n) => row.matches || n === slice.length - 1))
  }
  const page = async (input: IdPageInput) => {
    const { items, ...rest } = await readIdPage(NEWEST, input, read)
    return { ids: items.map((row) => row.id), ...rest }
  }
  return { page, add, reads }
}

type Walked = Awaited<ReturnType<ReturnType<typeof setup>['page']>>

async function walkForwards(
  page: (input: IdPageInput) => Promise<Walked>,
  input: IdPageInput,
): Promise<Walked[]> {
  const pages = [await page(input)]
  for (let last = pages.at(-1); last?.done === false; last = pages.at(-1)) {
    pages.push(await page({ ...input, iterator: last.iterator ?? undefined }))
  }
  return pages
}

describe('readIdPage', () => {
  it('walks every row once, newest first, and says where the list ends', async () => {
    const { page } = setup({ count: 10 })
    const pages = await walkForwards(page, { limit: 3 })
    expect(pages.map((one) => one.ids.length)).toEqual([3, 3, 3, 1])
    expect(pages.flatMap((one) => one.ids)).toEqual(Array.from({ length: 10 }, (_, n) => id(9 - n)))
  })

  it('shows the same pages on the way back, and the first has no previous', async () => {
    const { page } = setup({ count: 12 })
    const forwards = await walkForwards(page, { limit: 3 })
    const backwards: Walked[] = []
    let previous = forwards.at(-1)?.prevIterator
    while (previous !== null && previous !== undefined) {
      const one = await page({ limit: 3, iterator: previous })
      backwards.push(one)
      previous = one.prevIterator
    }
    expect(backwards.map((one) => one.ids)).toEqual(
      forwards
        .slice(0, -1)
        .map((one) => one.ids)
        .toReversed(),
    )
    expect(forwards[0]?.prevIterator).toBeNull()
    expect(backwards.at(-1)?.done).toBe(true)
  })

  it('turns round at any page and comes out where it was', async () => {
    const { page } = setup({ count: 9 })
    const first = await page({ limit: 3 })
    const second = await page({ limit: 3, iterator: first.iterator ?? undefined })
    const back = await page({ limit: 3, iterator: second.prevIterator ?? undefined })
    const again = await page({ limit: 3, iterator: back.iterator ?? undefined })
    expect(back.ids).toEqual(first.ids)
    expect(again.ids).toEqual(second.ids)
  })

  it('keeps every row that was there once, in both directions, while others arrive', async () => {
    const { page, add } = setup({ count: 20 })
    let next = 20
    const arriving = async (input: IdPageInput) => {
      const result = await page(input)
      add(next++)
      add(next++)
      return result
    }
    const forwards = await walkForwards(arriving, { limit: 4 })
    const ids = forwards.flatMap((one) => one.ids)
    expect(ids).toEqual(Array.from({ length: 20 }, (_, n) => id(19 - n)))
    const back: string[] = []
    let previous = forwards.at(-1)?.prevIterator
    for (let n = 0; n < 4; n++) {
      const one = await arriving({ limit: 4, iterator: previous ?? undefined })
      back.unshift(...one.ids)
      previous = one.prevIterator
    }
    expect(back).toEqual(ids.slice(0, 16))
  })

  it('starts at the oldest with `after` alone, and goes on with prevIterator to the newest', async () => {
    const { page } = setup({ count: 10 })
    const after = new Date(atMs(4))
    const first = await page({ limit: 4, after })
    expect(first.ids).toEqual([7, 6, 5, 4].map(id))
    expect(first.done).toBe(false)
    const second = await page({ limit: 4, after, iterator: first.prevIterator ?? undefined })
    expect(second).toMatchObject({ ids: [9, 8].map(id), done: true, prevIterator: null })
  })

  it('takes `after` inclusively and `before` exclusively, newest first when both are given', async () => {
    const { page } = setup({ count: 10 })
    const window = { after: new Date(atMs(3)), before: new Date(atMs(7)) }
    expect((await page({ limit: 10, ...window })).ids).toEqual([6, 5, 4, 3].map(id))
    const pages = await walkForwards(page, { limit: 3, ...window })
    expect(pages.map((one) => one.ids)).toEqual([[6, 5, 4].map(id), [id(3)]])
  })

  it('looks at a bounded number of rows for a rare match, then answers short and goes on', async () => {
    const { page, reads } = setup({ count: 12_000, matches: (n) => n % 11_000 === 0 })
    const first = await page({ limit: 50 })
    expect(first).toMatchObject({ ids: [id(11_000)], done: false })
    expect(reads.reduce((sum, range) => sum + range.take, 0)).toBeLessThan(6_000)
    expect(Math.max(...reads.map((range) => range.take))).toBeLessThanOrEqual(500)
    const pages = await walkForwards(page, { limit: 50 })
    expect(pages.flatMap((one) => one.ids)).toEqual([id(11_000), id(0)])
    expect(pages.length).toBeGreaterThan(2)
  })

  it('finds the way back from a page on which nothing matched', async () => {
    const { page } = setup({ count: 12_000, matches: (n) => n === 11_999 })
    const first = await page({ limit: 5 })
    const empty = await page({ limit: 5, iterator: first.iterator ?? undefined })
    expect(empty.ids).toEqual([])
    let back = empty
    while (back.ids.length === 0 && back.prevIterator !== null) {
      back = await page({ limit: 5, iterator: back.prevIterator })
    }
    expect(back.ids).toEqual([id(11_999)])
  })

  it('ends a page early when its contents grow too heavy, and skips nothing', async () => {
    const { page } = setup({ count: 12, bytes: 2_000_000 })
    const pages = await walkForwards(page, { limit: 250 })
    expect(pages.map((one) => one.ids.length)).toEqual([4, 4, 4])
    expect(pages.flatMap((one) => one.ids)).toHaveLength(12)
  })

  it('answers an empty page for a list without rows, and for a limit of none', async () => {
    expect(await setup({ count: 0 }).page({ limit: 5 })).toEqual({
      ids: [],
      iterator: null,
      prevIterator: null,
      done: true,
    })
    expect(await setup({ count: 3 }).page({ limit: 0 })).toMatchObject({ ids: [], iterator: null })
  })
})
