import * as z from 'zod'
import { Channel, EventTypeName, Tag } from './identifier.ts'
import { StatusCodeClass } from './message-attempt.ts'
import { isStorableJson } from './text.ts'
import { Timestamp, TimestampOut } from './timestamp.ts'

const MAX_EVENT_TYPES = 250

const windowFields = {
  since: Timestamp,
  until: Timestamp.nullish(),
  dryRun: z.boolean().default(false).meta({ description: 'Only counts; the answer is 200' }),
}

interface Window {
  readonly since: Date
  readonly until?: Date | null | undefined
}

const ORDERED = { path: ['since'], error: 'Must lie before until' }

function isOrdered({ since, until }: Window): boolean {
  return until === null || until === undefined || since < until
}

const windowed = z
  .object(windowFields)
  .refine(isOrdered, ORDERED)
  .transform(({ until, ...rest }) => ({ ...rest, until: until ?? null }))

export const RecoverIn = windowed.meta({ id: 'RecoverIn' })
export type RecoverIn = z.output<typeof RecoverIn>

export const ReplayIn = windowed.meta({ id: 'ReplayIn' })
export type ReplayIn = z.output<typeof ReplayIn>

/** What is pending or being retried is left alone, so asking for it would come to nothing. */
const SettledStatus = z.literal([0, 2, 4])

/** Of an endpoint's deliveries. An absent filter filters nothing. */
export const BulkReplayIn = z
  .object({
    ...windowFields,
    eventTypes: z.array(EventTypeName).max(MAX_EVENT_TYPES).nullish(),
    channel: Channel.nullish(),
    tag: Tag.nullish(),
    status: SettledStatus.nullish(),
    statusCodeClass: StatusCodeClass.nullish(),
    expandedStatuses: z.boolean().default(false),
  })
  .refine(isOrdered, ORDERED)
  .transform(({ since, until, dryRun, status, expandedStatuses, ...filter }) => ({
    since,
    until: until ?? null,
    dryRun,
    status: status ?? undefined,
    expandedStatuses,
    filter: {
      eventTypes: filter.eventTypes?.length ? [...new Set(filter.eventTypes)] : undefined,
      channel: filter.channel ?? undefined,
      tag: filter.tag ?? undefined,
      statusClass: filter.statusCodeClass ?? undefined,
    },
  }))
  .meta({ id: 'BulkReplayIn' })
export type BulkReplayIn = z.output<typeof BulkReplayIn>

/** What recover, replay-missing or bulk-replay would do. */
export const ReplayEstimateOut = z
  .object({
    since: TimestampOut,
    until: TimestampOut,
    count: z.int().meta({ description: 'At most 10,000' }),
    isCapped: z.boolean().meta({ description: 'There may be more' }),
    expired: z.int(),
    retrying: z.int(),
    eventTypes: z.array(z.object({ eventType: z.string(), count: z.int() })),
    oldest: TimestampOut.nullable(),
    newest: TimestampOut.nullable(),
    ratePerSecond: z.int().nullable(),
    estimatedSeconds: z.int().nullable(),
  })
  .meta({ id: 'ReplayEstimateOut' })
export type ReplayEstimateOut = z.infer<typeof ReplayEstimateOut>

export const RetryIn = z
  .object({ since: Timestamp, until: Timestamp.nullish() })
  .refine(isOrdered, ORDERED)
  .transform(({ since, until }) => ({ since, until: until ?? null }))
  .meta({ id: 'RetryIn' })
export type RetryIn = z.output<typeof RetryIn>

export const RetriedOut = z
  .object({
    count: z.int().meta({ description: 'Made due now; at most 10,000 at once' }),
    isCapped: z.boolean().meta({ description: 'There may be more' }),
  })
  .meta({ id: 'RetriedOut' })
export type RetriedOut = z.infer<typeof RetriedOut>

/** Sends the example of an event type to one endpoint. */
export const EventExampleIn = z
  .object({
    eventType: EventTypeName,
    exampleIndex: z.int().min(0).max(1000).default(0),
    payload: z
      .record(z.string(), z.unknown())
      .refine(isStorableJson, 'Must not contain NUL or lone surrogates')
      .nullish()
      .meta({ description: 'Sent instead of an example' }),
  })
  .transform(({ payload, ...rest }) => ({ ...rest, payload: payload ?? null }))
  .meta({ id: 'EventExampleIn' })
export type EventExampleIn = z.output<typeof EventExampleIn>
