import * as z from 'zod'
import { queryInt } from './query.ts'

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 250

// 2^160 - 1 in base62. Digits sort as ASCII and the width is fixed, so comparing text is comparing numbers.
const LARGEST_ID_BODY = 'aWgEPTl1tmebfsQzFP4bxwgy80V'

export const Ordering = z.enum(['ascending', 'descending']).meta({ id: 'Ordering' })
export type Ordering = z.infer<typeof Ordering>

const queryLimit = queryInt(
  z.int().min(0).max(MAX_LIMIT, `Given limit must not exceed ${MAX_LIMIT}`),
).default(DEFAULT_LIMIT)

/** The id that a page starts after. A leading `-` walks backwards. */
export function iteratorOf(prefix: string) {
  return z
    .string()
    .regex(new RegExp(`^-?${prefix}[0-9A-Za-z]{27}$`), { error: 'Invalid iterator', abort: true })
    .refine((iterator) => iterator.slice(-27) <= LARGEST_ID_BODY, 'Invalid iterator')
}

/** Event types are listed by name, so their iterator is one. */
export const nameIterator = z
  .string()
  .max(257)
  .regex(/^[a-zA-Z0-9\-_.]+$/, 'Invalid iterator')

export function pageQuery<I extends z.ZodType>(iterator: I) {
  return z.object({ limit: queryLimit, iterator: iterator.optional() })
}

export function listQuery<I extends z.ZodType>(iterator: I) {
  return pageQuery(iterator).extend({ order: Ordering.optional() })
}

/** A page. `done` tells whether the list ends here; a bounded scan may answer a short page that isn't done. */
export function listOf<T extends z.ZodType>(item: T, name: string) {
  return z
    .object({
      data: z.array(item),
      iterator: z.string().nullable(),
      prevIterator: z.string().nullish(),
      done: z.boolean(),
    })
    .meta({ id: `ListResponse_${name}_` })
}
