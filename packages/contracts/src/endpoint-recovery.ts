import * as z from 'zod'
import { EventTypeName } from './identifier.ts'
import { Timestamp } from './timestamp.ts'

const MINUTE_MS = 60_000
// Five minutes on top forgive a client whose clock or request is slow.
const MAX_SPAN_MS = 14 * 24 * 60 * MINUTE_MS + 5 * MINUTE_MS

/** Without `until` the span ends now, so the caller of `isRecoverSpan` says when that is. */
export const RecoverIn = z
  .object({ since: Timestamp, until: Timestamp.nullish() })
  .transform(({ since, until }) => ({ since, until: until ?? null }))
  .refine(({ since, until }) => until === null || since < until, {
    path: ['since'],
    error: 'Must lie before until',
  })
  .meta({ id: 'RecoverIn' })
export type RecoverIn = z.output<typeof RecoverIn>

/** At most 14 days are recovered at once. */
export function isRecoverSpan({ since, until }: RecoverIn, nowMs: number): boolean {
  const spanMs = (until?.getTime() ?? nowMs) - since.getTime()
  return spanMs <= MAX_SPAN_MS
}

/** Sends the example of an event type to one endpoint. */
export const EventExampleIn = z
  .object({ eventType: EventTypeName, exampleIndex: z.int().min(0).max(1000).default(0) })
  .meta({ id: 'EventExampleIn' })
export type EventExampleIn = z.output<typeof EventExampleIn>
