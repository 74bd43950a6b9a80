import * as z from 'zod'
import { EndpointProbeOut } from './endpoint-resume.ts'
import { iteratorOf, listOf, pageQuery } from './list.ts'
import { queryInt } from './query.ts'
import { BoardEndpointOut, EndpointId } from './support.ts'
import { TimestampOut } from './timestamp.ts'

const MAX_SHOWN = 200
const MAX_ENABLED = 200
const MAX_PROBED = 50
const Host = z.string().trim().min(1).max(255)

export const OverviewOut = z
  .object({
    asOf: TimestampOut,
    accepted: z
      .object({ count: z.int(), seconds: z.number() })
      .describe('Messages of the organisation, and the time that the count covers'),
    attempts: z
      .object({ succeeded: z.int(), failed: z.int(), seconds: z.number() })
      .describe('As far as the rollups got'),
    oldestDueAt: TimestampOut.nullable(),
    lagSeconds: z.number().describe('How late the oldest due delivery is'),
    due: z.int().describe('At most 10,001'),
    inFlight: z.int(),
    rescued: z
      .object({ deliveries: z.int(), lastAt: TimestampOut.nullable() })
      .describe('Taken over from workers that died, in the last day'),
    failing: z.int(),
    disabledSoon: z.int().describe('Of those that fail'),
    disabledToday: z.int(),
    quarantined: z
      .int()
      .describe('Requests of sources that wait for a right secret, at most 10,001'),
    alertsFiring: z.int(),
  })
  .meta({ id: 'OverviewOut' })
export type OverviewOut = z.infer<typeof OverviewOut>

const counts = {
  applications: z.int().describe('Customers for whom it fails'),
  endpoints: z.int().describe('That fail, or were disabled for it'),
  held: z.int().describe('Get probes only'),
  disabled: z.int().describe('By themselves for failing too long, in the last week'),
  failingSince: TimestampOut,
}

const OutageOut = z
  .object({
    host: z.string(),
    ...counts,
    endpointsThere: z.int().describe('Failing or not, at most 10,001'),
    causes: z
      .array(z.object({ code: z.string().nullable(), ...counts }))
      .describe('Of the 100 endpoints that fail the longest'),
  })
  .meta({ id: 'OutageOut' })
export type OutageOut = z.infer<typeof OutageOut>

export const OutageList = z.object({ data: z.array(OutageOut) }).meta({ id: 'OutageList' })
export type OutageList = z.infer<typeof OutageList>

export const PastOutageQuery = pageQuery(iteratorOf('outage_'))

export const PastOutageOut = z
  .object({
    id: z.string(),
    host: z.string(),
    beganAt: TimestampOut.describe('Nothing but failure since, of the first of its endpoints'),
    endedAt: TimestampOut.describe('Seen, by a look each quarter of a minute'),
    endpoints: z.int().describe('The most at once; within a limit, of each application'),
    applications: z.int().describe('The most at once; within a limit, all that it touched'),
    causes: z
      .array(z.object({ code: z.string().nullable(), endpoints: z.int(), applications: z.int() }))
      .describe(
        'While it was widest, of the 100 endpoints that failed the longest; within a limit, of 10 of each application',
      ),
  })
  .meta({ id: 'PastOutageOut' })
export type PastOutageOut = z.infer<typeof PastOutageOut>

export const PastOutageList = listOf(PastOutageOut, 'PastOutageOut')
export type PastOutageList = z.infer<typeof PastOutageList>

export const OutageEndpointQuery = z.object({
  host: Host,
  limit: queryInt(z.int().min(1).max(MAX_SHOWN)).default(50),
})
export type OutageEndpointQuery = z.output<typeof OutageEndpointQuery>

export const OutageEndpointList = z
  .object({ data: z.array(BoardEndpointOut), done: z.boolean() })
  .meta({ id: 'OutageEndpointList' })
export type OutageEndpointList = z.infer<typeof OutageEndpointList>

export const ProbeManyIn = z
  .object({ endpointIds: z.array(EndpointId).min(1).max(MAX_PROBED) })
  .meta({ id: 'ProbeManyIn' })
export type ProbeManyIn = z.output<typeof ProbeManyIn>

export const ProbeManyOut = z
  .object({
    data: z.array(
      z.object({
        endpointId: z.string(),
        appId: z.string(),
        probe: EndpointProbeOut.nullable(),
        refusal: z
          .string()
          .nullable()
          .describe('Why not: `not_probed`, `held_by_receiver`, `nothing_waits`, …'),
      }),
    ),
  })
  .meta({ id: 'ProbeManyOut' })
export type ProbeManyOut = z.infer<typeof ProbeManyOut>

export const EnableManyIn = z
  .object({
    host: Host.optional().describe('Those that were disabled by themselves in the last week'),
    endpointIds: z.array(EndpointId).min(1).max(MAX_ENABLED).optional(),
  })
  .refine(
    ({ host, endpointIds }) => (host === undefined) !== (endpointIds === undefined),
    'Exactly one of host and endpointIds must be given',
  )
  .meta({ id: 'EnableManyIn' })
export type EnableManyIn = z.output<typeof EnableManyIn>

export const EnableManyOut = z
  .object({
    enabled: z.int(),
    hasMore: z.boolean().describe('The same call would enable more: 200 go at once'),
  })
  .meta({ id: 'EnableManyOut' })
export type EnableManyOut = z.infer<typeof EnableManyOut>
