import * as z from 'zod'
import { Channel, EventTypeName, Tag } from './identifier.ts'
import { iteratorOf, listOf, pageQuery } from './list.ts'
import { Unmatched } from './message.ts'
import { queryEventTypes, queryInt } from './query.ts'
import { Timestamp, TimestampOut } from './timestamp.ts'

const MAX_TEXT = 1_000
const MAX_EACH = 50

const queryEach = queryInt(z.int().min(1).max(MAX_EACH)).default(20)

export const SearchText = z
  .string()
  .trim()
  .min(2)
  .max(MAX_TEXT)
  .refine((text) => !text.includes('\0'), 'Must not contain NUL')

export const SearchQuery = z.object({ q: SearchText, limit: queryEach })
export type SearchQuery = z.output<typeof SearchQuery>

const application = { appId: z.string(), appName: z.string() }

export const SearchOut = z
  .object({
    messages: z.array(
      z.object({
        id: z.string(),
        ...application,
        eventType: z.string(),
        eventId: z.string().nullable(),
        timestamp: TimestampOut,
      }),
    ),
    applications: z.array(
      z.object({ id: z.string(), uid: z.string().nullable(), name: z.string() }),
    ),
    endpoints: z.array(
      z.object({
        id: z.string(),
        ...application,
        url: z.string(),
        description: z.string(),
        disabled: z.boolean(),
      }),
    ),
    attempts: z.array(
      z.object({
        id: z.string(),
        messageId: z.string(),
        ...application,
        url: z.string(),
        number: z.int(),
        success: z.boolean(),
        responseStatusCode: z.int(),
        timestamp: TimestampOut,
      }),
    ),
  })
  .meta({ id: 'SearchOut' })
export type SearchOut = z.infer<typeof SearchOut>

const OrganisationMessageStatus = z.enum([
  'pending',
  'delivered',
  'failed',
  'canceled',
  'unmatched',
  'schema_errors',
])

export const OrganisationMessageQuery = pageQuery(iteratorOf('msg_')).extend({
  app_id: z
    .string()
    .regex(/^app_[0-9A-Za-z]{27}$/, 'Must be the id of an application')
    .optional(),
  status: OrganisationMessageStatus.optional().describe(
    'Of any of its deliveries; unmatched and schema_errors: of the message',
  ),
  cause: z
    .string()
    .regex(/^[a-z0-9_]{1,64}$/, 'Must be a code')
    .optional()
    .describe('Of the same delivery'),
  code: z
    .string()
    .regex(/^[1-5](\d\d|xx)$/, 'Must be a status, or a class of them as 5xx')
    .optional()
    .describe('Any of its attempts was answered so, as 503 or 5xx'),
  host: z
    .string()
    .regex(/^[!-~]{1,255}$/, 'Must be a host')
    .optional()
    .describe('Of the endpoint of that delivery'),
  event_types: queryEventTypes,
  channel: Channel.optional(),
  tag: Tag.optional(),
  before: Timestamp.optional(),
  after: Timestamp.optional(),
})
export type OrganisationMessageQuery = z.output<typeof OrganisationMessageQuery>

const OrganisationMessageOut = z
  .object({
    id: z.string(),
    ...application,
    appUid: z.string().nullable(),
    eventType: z.string(),
    eventId: z.string().nullable(),
    channels: z.array(z.string()),
    tags: z.array(z.string()),
    timestamp: TimestampOut,
    unmatched: Unmatched.nullable(),
    deliveries: z
      .object({
        pending: z.int(),
        delivered: z.int(),
        failed: z.int(),
        canceled: z.int(),
      })
      .meta({ description: 'Of the first thousand' }),
  })
  .meta({ id: 'OrganisationMessageOut' })
export const OrganisationMessageList = listOf(OrganisationMessageOut, 'OrganisationMessageOut')
export type OrganisationMessageList = z.infer<typeof OrganisationMessageList>

export const HealthBoardQuery = z.object({ limit: queryEach })

export const BoardEndpointOut = z
  .object({
    endpointId: z.string(),
    ...application,
    appUid: z.string().nullable(),
    url: z.string(),
    host: z.string().nullable(),
    health: z.enum(['healthy', 'new', 'rate_limited', 'failing', 'disabled_soon', 'disabled']),
    failingSince: TimestampOut.nullable(),
    failureCount: z.int(),
    breakerOpenedAt: TimestampOut.nullable(),
    disablesAt: TimestampOut.nullable().describe('Unless an attempt succeeds before'),
    disabledAt: TimestampOut.nullable(),
    disabledBy: z.string().nullable(),
    waiting: z.int(),
    waitingCapped: z.boolean(),
    rate: z.int().nullable().describe('Messages per second in force'),
    drainSeconds: z.int().nullable(),
    p95Ms: z.number().nullable().describe('This hour and the last, of slow ones'),
    lastAttempt: z
      .object({ id: z.string(), code: z.string().nullable(), responseStatusCode: z.int() })
      .nullable(),
  })
  .meta({ id: 'BoardEndpointOut' })
export type BoardEndpointOut = z.infer<typeof BoardEndpointOut>

export const HealthBoardOut = z
  .object({
    failing: z.array(BoardEndpointOut).describe('The longest first'),
    limited: z.array(BoardEndpointOut).describe('Whose oldest waits longest first'),
    slow: z.array(BoardEndpointOut).describe('p95 over 5 s, the slowest first'),
    disabled: z.array(BoardEndpointOut).describe('Within the last day, the latest first'),
  })
  .meta({ id: 'HealthBoardOut' })
export type HealthBoardOut = z.infer<typeof HealthBoardOut>

const MAX_ENDPOINTS = 1_000
const MAX_EVENT_TYPES = 100
export const EndpointId = z.string().regex(/^ep_[0-9A-Za-z]{27}$/, 'Must be the id of an endpoint')

const selection = {
  host: z.string().min(1).max(255).optional(),
  appId: z.string().min(1).max(256).optional().describe('All endpoints of an application'),
  endpointIds: z.array(EndpointId).min(1).max(MAX_ENDPOINTS).optional(),
  failing: z.literal(true).optional(),
  since: Timestamp,
  until: Timestamp.nullish(),
  eventTypes: z
    .array(EventTypeName)
    .min(1)
    .max(MAX_EVENT_TYPES)
    .optional()
    .describe('Only messages of these'),
}
const ONE = 'Exactly one of host, appId, endpointIds and failing must be given'

type Selected = Partial<Record<'host' | 'appId' | 'endpointIds' | 'failing', unknown>>

function isOne({ host, appId, endpointIds, failing }: Selected): boolean {
  return [host, appId, endpointIds, failing].filter((one) => one !== undefined).length === 1
}

export const RetryManyIn = z.object(selection).refine(isOne, ONE).meta({ id: 'RetryManyIn' })
export type RetryManyIn = z.output<typeof RetryManyIn>

export const RecoverManyIn = z
  .object({
    ...selection,
    perSecond: z.int().min(1).max(1_000).nullish().describe('Messages, over all endpoints'),
    dryRun: z.boolean().default(false),
  })
  .refine(isOne, ONE)
  .meta({ id: 'RecoverManyIn' })
export type RecoverManyIn = z.output<typeof RecoverManyIn>

export const RecoverManyEstimateOut = z
  .object({
    since: TimestampOut,
    until: TimestampOut,
    endpoints: z.int(),
    applications: z.int(),
    affectedEndpoints: z.int().describe('With something to send, as far as it was counted'),
    affectedApplications: z.int().describe('Whose these are'),
    disabled: z.int().describe('Left out: nothing can be sent to them'),
    count: z.int(),
    isCapped: z.boolean(),
    retrying: z.int().describe('Left alone: still being tried'),
    estimatedSeconds: z.int().nullable(),
    perEndpoint: z
      .array(z.object({ endpointId: z.string(), ...application, url: z.string(), count: z.int() }))
      .describe('The 100 with the most'),
  })
  .meta({ id: 'RecoverManyEstimateOut' })
export type RecoverManyEstimateOut = z.infer<typeof RecoverManyEstimateOut>

const StoreOut = z
  .object({
    kind: z.enum(['database', 'queue']),
    backend: z.enum(['postgres', 'redis']),
    isReachable: z.boolean(),
    latencyMs: z.number().nullable().describe('Of one small question; null: no answer'),
    bytes: z
      .number()
      .nullable()
      .describe('On disk; of Redis all that it has in memory; null: not known'),
  })
  .meta({ id: 'StoreOut' })
export type StoreOut = z.infer<typeof StoreOut>

export const QueueHealthOut = z
  .object({
    asOf: TimestampOut,
    oldestDueAt: TimestampOut.nullable(),
    lagSeconds: z.number().describe('How late the oldest due delivery is'),
    lagP50Seconds: z.number().describe('Of what is due and not begun, at most 10,001'),
    lagP99Seconds: z.number(),
    due: z.int().describe('At most 10,001, like what waits'),
    waitingForTime: z.int(),
    endpointsInTurn: z.int(),
    inFlight: z.int(),
    lostLeases: z.int().describe('Ran out, and nobody took them over yet'),
    rescued: z
      .object({ deliveries: z.int(), lastAt: TimestampOut.nullable() })
      .describe('Taken over from workers that died, in the last day'),
    runningTasks: z.int(),
    leader: z.string().nullable(),
    lastSweepAt: TimestampOut.nullable().describe('When it last looked for what is due'),
    stores: z.array(StoreOut).describe('As the process that answers reaches them'),
    workers: z.array(
      z.object({
        id: z.string(),
        host: z.string(),
        pid: z.int(),
        seenAt: TimestampOut,
        version: z.string().nullable(),
        memoryBytes: z.number().nullable().describe('Resident, of its whole process'),
        isPaused: z
          .boolean()
          .nullable()
          .describe(
            'Has heard that deliveries are paused, and begins none; null: an older version',
          ),
        loopDelayMs: z
          .number()
          .nullable()
          .describe('The longest that it was held up within the two seconds before it was seen'),
        isLeader: z.boolean(),
        inFlight: z.int(),
        lost: z.int(),
      }),
    ),
    traffic: z
      .array(z.object({ startsAt: TimestampOut, succeeded: z.int(), failed: z.int() }))
      .describe('Attempts of the organisation, by minute'),
  })
  .meta({ id: 'QueueHealthOut' })
export type QueueHealthOut = z.infer<typeof QueueHealthOut>
