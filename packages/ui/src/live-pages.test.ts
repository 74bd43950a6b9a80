import { describe, expect, it } from 'vitest'
import { type ListPage, type ListPages, withNewer, withNews } from './live-pages.ts'

interface Row {
  readonly id: string
  readonly text?: string
}

const id = (n: number) => `msg_${String(n).padStart(5, '0')}`
const rows = (from: number, count: number): Row[] =>
  Array.from({ length: count }, (_, n) => ({ id: id(from - n) }))

function page(data: Row[], rest: Partial<ListPage<Row>> = {}): ListPage<Row> {
  return { data, iterator: data.at(-1)?.id ?? null, prevIterator: null, done: false, ...rest }
}

function list(...pages: ListPage<Row>[]): ListPages<Row> {
  return { pages, pageParams: pages.map((_, index) => pages[index - 1]?.iterator ?? undefined) }
}

const idsOf = ({ pages }: ListPages<Row>) => pages.flatMap(({ data }) => data.map((row) => row.id))

describe('newer rows of a live list', () => {
  it('come first, each once, and what was there stays in its order', () => {
    const old = list(page(rows(10, 3), { done: true }))
    expect(idsOf(withNewer(old, rows(12, 3)))).toEqual([12, 11, 10, 9, 8].map(id))
  })

  it('that were stored late have their place between those that are known', () => {
    const old = list(page([{ id: id(9) }, { id: id(7) }], { done: true }))
    expect(idsOf(withNewer(old, [{ id: id(8) }]))).toEqual([9, 8, 7].map(id))
  })

  it('push out the oldest beyond 200, which are found again from the last that is left', () => {
    const old = list(
      page(rows(400, 50)),
      page(rows(350, 50)),
      page(rows(300, 50)),
      page(rows(250, 50), { done: true }),
    )
    const { pages, pageParams } = withNewer(old, rows(408, 8))
    expect(pages.map(({ data }) => data.length)).toEqual([50, 50, 50, 50])
    expect(pages.at(-1)).toMatchObject({ iterator: id(209), done: false })
    expect(pages.map(({ prevIterator }) => prevIterator)).toEqual([
      null,
      ...[358, 308, 258].map((n) => `-${id(n)}`),
    ])
    expect(pageParams).toEqual([undefined, ...[359, 309, 259].map(id)])
  })

  it('leave the end of the list as it was while there is room', () => {
    const old = list(page([], { iterator: 'msg_searched-to', done: false }))
    const { pages } = withNewer(old, rows(3, 1))
    expect(pages).toMatchObject([{ data: [{ id: id(3) }], iterator: 'msg_searched-to' }])
    expect(withNewer(list(page(rows(2, 2), { done: true })), rows(3, 1)).pages[0]?.done).toBe(true)
  })

  it('that became something else are replaced where they are', () => {
    const old = list(page(rows(3, 2)), page(rows(1, 1), { done: true }))
    const { pages } = withNews(old, [{ id: id(1), text: 'delivered' }, { id: id(9) }])
    expect(pages.map(({ data }) => data)).toEqual([rows(3, 2), [{ id: id(1), text: 'delivered' }]])
  })
})
