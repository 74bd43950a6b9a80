/**
 * Answers that carry a payload are written as text around it: parsed and written again, its big
 * numbers, escapes and doubled keys would not be the publisher's any more.
 */

/** The text of `fields` (at least one) with one more member, whose value is JSON text already. */
export function withMember(fields: object, name: string, json: string): string {
  return `${JSON.stringify(fields).slice(0, -1)},${JSON.stringify(name)}:${json}}`
}

interface PageOf<T> {
  readonly items: readonly T[]
  readonly iterator: string | null
  readonly prevIterator: string | null
  readonly done: boolean
}

export function pageText<T>(page: PageOf<T>, present: (item: T) => string): string {
  const { iterator, prevIterator, done } = page
  return withMember(
    { iterator, prevIterator, done },
    'data',
    `[${page.items.map(present).join(',')}]`,
  )
}
