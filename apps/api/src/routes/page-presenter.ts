import type { Page } from '@posthorn/core'

/** `prevIterator` is left out where nothing comes before. */
export function presentPage<Item, Shown>(page: Page<Item>, present: (item: Item) => Shown) {
  const { items, iterator, prevIterator, done } = page
  const back = prevIterator === null ? {} : { prevIterator }
  return { data: items.map((item) => present(item)), iterator, ...back, done }
}
