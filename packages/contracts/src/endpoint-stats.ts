import * as z from 'zod'
import { Timestamp } from './timestamp.ts'

export const EndpointStats = z
  .object({
    success: z.int(),
    pending: z.int(),
    sending: z.int(),
    fail: z.int(),
    canceled: z.int(),
  })
  .meta({ id: 'EndpointStats' })
export type EndpointStats = z.infer<typeof EndpointStats>

export const EndpointStatsQuery = z.object({
  since: Timestamp.optional(),
  until: Timestamp.optional(),
})
export type EndpointStatsQuery = z.output<typeof EndpointStatsQuery>
