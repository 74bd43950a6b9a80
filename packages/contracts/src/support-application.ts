import * as z from 'zod'
import { iteratorOf, listOf, pageQuery } from './list.ts'
import { SearchText } from './support.ts'
import { ThrottleRateOut } from './throttle-rate.ts'
import { TimestampOut } from './timestamp.ts'

export const SupportApplicationQuery = pageQuery(iteratorOf('app_')).extend({
  search: SearchText.optional().describe(
    'An id; the beginning of name or uid; what these or a value of the metadata contain, among the newest 10,000. One page.',
  ),
  endpoints: z.enum(['none', 'failing', 'disabled']).optional().describe('Any of its endpoints is'),
})
export type SupportApplicationQuery = z.output<typeof SupportApplicationQuery>

export const SupportApplicationOut = z
  .object({
    id: z.string(),
    name: z.string(),
    uid: z.string().nullable(),
    throttleRate: ThrottleRateOut.nullable(),
    createdAt: TimestampOut,
    endpoints: z
      .object({ total: z.int(), failing: z.int(), disabled: z.int() })
      .describe('Of the first 1,001'),
    waiting: z.int().describe('Deliveries, at most 10,001'),
    waitingCapped: z.boolean().describe('It may be more: 100 endpoints are looked at'),
    attempts24h: z.object({ succeeded: z.int(), failed: z.int() }),
  })
  .meta({ id: 'SupportApplicationOut' })
export type SupportApplicationOut = z.infer<typeof SupportApplicationOut>

export const SupportApplicationList = listOf(SupportApplicationOut, 'SupportApplicationOut')
export type SupportApplicationList = z.infer<typeof SupportApplicationList>
