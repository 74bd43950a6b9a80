import * as z from 'zod'
import { EventTypeName, IdOrUid } from './identifier.ts'
import { iteratorOf, nameIterator } from './list.ts'
import { NewestAttempt } from './message-attempt.ts'
import { queryInt } from './query.ts'
import { Timestamp, TimestampOut } from './timestamp.ts'

const MAX_LIMIT = 50

export const TrafficPeriod = z.enum(['1h', '24h', '7d', '28d']).meta({ id: 'TrafficPeriod' })
export type TrafficPeriod = z.infer<typeof TrafficPeriod>

const countFields = {
  succeeded: z.int().meta({ description: 'Attempts, each of which ended its delivery' }),
  failed: z.int().meta({ description: 'Attempts' }),
  exhausted: z.int().meta({
    description: 'Attempts that failed with none to follow; sending it again since takes none back',
  }),
  successRate: z.number().nullable().meta({ description: 'Of the attempts, 0 to 1' }),
  latencyMs: z
    .object({ p50: z.int(), p95: z.int(), p99: z.int() })
    .nullable()
    .meta({ description: 'Of the attempts that got an answer; right to about a tenth' }),
}

export const TrafficCount = z.object(countFields).meta({ id: 'TrafficCount' })
export type TrafficCount = z.infer<typeof TrafficCount>

const windowFields = {
  period: TrafficPeriod.nullable().meta({ description: 'Null: it was asked for by its ends' }),
  since: TimestampOut,
  until: TimestampOut,
  asOf: TimestampOut.meta({ description: 'What was recorded up to a few seconds before' }),
}

const TrafficPoint = z
  .object({ startsAt: TimestampOut, ...countFields })
  .meta({ id: 'TrafficPoint' })

export const TrafficOut = z
  .object({
    ...windowFields,
    stepSeconds: z.int(),
    messages: z
      .object({ count: z.int(), isCapped: z.boolean().meta({ description: 'There are more' }) })
      .nullable()
      .meta({
        description:
          'Published in the period and still kept, also those that no endpoint takes; counted to 10,000. Null where it is narrowed',
      }),
    total: TrafficCount,
    series: z.array(TrafficPoint).meta({ description: 'Only steps in which there was any' }),
  })
  .meta({ id: 'TrafficOut' })
export type TrafficOut = z.infer<typeof TrafficOut>

function listOfTraffic<K extends string>(key: K, name: string) {
  const item = z.object({ [key]: z.string(), ...countFields }).meta({ id: name })
  return z
    .object({
      ...windowFields,
      data: z.array(item),
      iterator: z.string().nullable(),
      done: z.boolean(),
    })
    .meta({ id: `${name}List` })
}

export const EndpointTrafficList = listOfTraffic('endpointId', 'EndpointTraffic')
export const EventTypeTrafficList = listOfTraffic('eventType', 'EventTypeTraffic')

export const EndpointDayOut = z
  .object({
    endpointId: z.string(),
    ...countFields,
    series: z.array(TrafficPoint).meta({ description: 'Only steps in which there was any' }),
    newest: NewestAttempt.nullable().meta({ description: 'The newest attempt, however old' }),
  })
  .meta({ id: 'EndpointDayOut' })
export type EndpointDayOut = z.infer<typeof EndpointDayOut>

export const EndpointDayList = z
  .object({ ...windowFields, stepSeconds: z.int(), data: z.array(EndpointDayOut) })
  .meta({ id: 'EndpointDayList' })
export type EndpointDayList = z.infer<typeof EndpointDayList>

export const EndpointDayQuery = z.object({
  endpoint_ids: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(',') : value),
      z
        .array(IdOrUid)
        .min(1)
        .max(MAX_LIMIT, `At most ${MAX_LIMIT} ids`)
        .transform((ids) => [...new Set(ids)]),
    )
    .meta({ description: `Ids joined by commas, ${MAX_LIMIT} at most` }),
})
export type EndpointDayQuery = z.output<typeof EndpointDayQuery>

const askedTime = {
  period: TrafficPeriod.default('24h'),
  since: Timestamp.optional().meta({
    description:
      'With `until`, instead of the period: at most 28 days, and not longer ago than 31; widened to whole minutes (within the last day, up to two hours) or hours',
  }),
  until: Timestamp.optional(),
}
const BOTH_ENDS = { path: ['since'], error: 'Must come with `until`, and before it' }

interface AskedTime {
  readonly since?: Date | undefined
  readonly until?: Date | undefined
}

function hasBothEnds({ since, until }: AskedTime): boolean {
  if (since === undefined || until === undefined) return since === until
  return since < until
}

const narrowedBy = { endpoint: IdOrUid.optional(), event_type: EventTypeName.optional() }
const NOT_TOGETHER = { path: ['event_type'], error: 'Not together with endpoint' }

interface Narrowed {
  readonly endpoint?: string | undefined
  readonly event_type?: string | undefined
}

function isNarrowedOnce({ endpoint, event_type: type }: Narrowed): boolean {
  return endpoint === undefined || type === undefined
}

export const TrafficQuery = z
  .object({ ...askedTime, ...narrowedBy })
  .refine(isNarrowedOnce, NOT_TOGETHER)
  .refine(hasBothEnds, BOTH_ENDS)
export type TrafficQuery = z.output<typeof TrafficQuery>

export const TrafficCauseQuery = z.object(narrowedBy).refine(isNarrowedOnce, NOT_TOGETHER)
export type TrafficCauseQuery = z.output<typeof TrafficCauseQuery>

export const TrafficCauseList = z
  .object({
    since: TimestampOut,
    asOf: TimestampOut,
    attempts: z.int().meta({ description: 'How many of the newest were looked at' }),
    isPart: z.boolean().meta({ description: 'There were more, or more endpoints that failed' }),
    data: z.array(
      z
        .object({
          code: z.string().meta({ description: "As in an attempt's outcome" }),
          count: z.int().meta({ description: 'Attempts' }),
          endpoints: z.int().meta({ description: 'At how many' }),
          newest: NewestAttempt,
        })
        .meta({ id: 'TrafficCause' }),
    ),
  })
  .meta({ id: 'TrafficCauseList' })
export type TrafficCauseList = z.infer<typeof TrafficCauseList>

const limit = queryInt(
  z.int().min(1).max(MAX_LIMIT, `Given limit must not exceed ${MAX_LIMIT}`),
).default(MAX_LIMIT)

export const EndpointTrafficQuery = z
  .object({ ...askedTime, limit, iterator: iteratorOf('ep_').optional() })
  .refine(hasBothEnds, BOTH_ENDS)
export type EndpointTrafficQuery = z.output<typeof EndpointTrafficQuery>

export const EventTypeTrafficQuery = z
  .object({ ...askedTime, limit, iterator: nameIterator.optional() })
  .refine(hasBothEnds, BOTH_ENDS)
export type EventTypeTrafficQuery = z.output<typeof EventTypeTrafficQuery>

/** What a line of the file is about: a step of the period, or what it is narrowed to otherwise. */
export const TrafficExportQuery = z
  .object({
    ...askedTime,
    by: z.enum(['time', 'endpoint', 'event_type']).default('time'),
    ...narrowedBy,
  })
  .refine(isNarrowedOnce, NOT_TOGETHER)
  .refine(hasBothEnds, BOTH_ENDS)
  .refine(
    ({ by, endpoint, event_type: type }) => by === 'time' || (endpoint ?? type) === undefined,
    {
      path: ['by'],
      error: 'Only time is narrowed',
    },
  )
export type TrafficExportQuery = z.output<typeof TrafficExportQuery>
