import * as z from 'zod'
import { TimestampOut } from './timestamp.ts'

export const EndpointHealth = z
  .enum(['healthy', 'new', 'rate_limited', 'failing', 'disabled_soon', 'disabled'])
  .meta({ id: 'EndpointHealth' })
export type EndpointHealth = z.infer<typeof EndpointHealth>

/** What we do about an endpoint, and since when. Beside the SDK's fields. */
export const EndpointState = z
  .object({
    health: EndpointHealth,
    failingSince: TimestampOut.nullable(),
    breakerOpenedAt: TimestampOut.nullable(),
    heldUntil: TimestampOut.nullable().describe('By its own Retry-After'),
    nextProbeAt: TimestampOut.nullable().describe('While the breaker is open'),
    disablesAt: TimestampOut.nullable().describe('Unless an attempt succeeds'),
    waiting: z.int().describe('Deliveries that wait, counted up to a cap'),
    waitingCapped: z.boolean().describe('Whether more wait than were counted'),
    disabledAt: TimestampOut.nullable(),
    disabledBy: z.string().nullable(),
  })
  .meta({ id: 'EndpointState' })
export type EndpointState = z.infer<typeof EndpointState>
