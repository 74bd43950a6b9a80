import * as z from 'zod'
import { Timestamp } from './timestamp.ts'

export const EndpointStats = z
  .object({
    success: z.int(),
    pending: z.int().meta({ description: 'Never tried; counted up to 10,000' }),
    sending: z.int().meta({ description: 'Between attempts, or in flight' }),
    fail: z.int(),
    canceled: z.int().meta({ description: 'Among the newest 20,000 deliveries of that time' }),
  })
  .meta({ id: 'EndpointStats' })
export type EndpointStats = z.infer<typeof EndpointStats>

export const EndpointStatsQuery = z.object({
  since: Timestamp.optional(),
  until: Timestamp.optional(),
})
export type EndpointStatsQuery = z.output<typeof EndpointStatsQuery>
