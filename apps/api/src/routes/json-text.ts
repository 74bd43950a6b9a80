import type { Page } from '@posthorn/core'
import { presentPage } from './page-presenter.ts'

/**
 * Answers that carry a payload are written as text around it: parsed and written again, its big
 * numbers, escapes and doubled keys would not be the publisher's any more.
 */

/** The text of `fields` (at least one) with one more member, whose value is JSON text already. */
export function withMember(fields: object, name: string, json: string): string {
  return `${JSON.stringify(fields).slice(0, -1)},${JSON.stringify(name)}:${json}}`
}

export function pageText<T>(page: Page<T>, present: (item: T) => string): string {
  const { data, ...iterators } = presentPage(page, present)
  return withMember(iterators, 'data', `[${data.join(',')}]`)
}
