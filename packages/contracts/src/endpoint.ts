import * as z from 'zod'
import { refuseDisagreement } from './alias.ts'
import { HeaderMap } from './endpoint-headers.ts'
import { SecretKey } from './endpoint-secret.ts'
import { EndpointHealth, EndpointState } from './endpoint-state.ts'
import { EndpointUrl } from './endpoint-url.ts'
import { ChannelFilter, EventTypeFilter, EventTypeName, uidOf } from './identifier.ts'
import { iteratorOf, listOf, listQuery } from './list.ts'
import { Metadata, MetadataOut } from './metadata.ts'
import { RetrySchedule } from './retry-schedule.ts'
import { lineText, proseText } from './text.ts'
import { ThrottleRate, ThrottleRateOut, ThrottleRatePatch } from './throttle-rate.ts'
import { TimestampOut } from './timestamp.ts'

const EndpointUid = uidOf('ep_')
const Description = proseText(16_384)
const aliases = { rateLimit: 'throttleRate', filterTypes: 'eventTypes' }

const updateFields = z.object({
  url: EndpointUrl,
  description: Description.default(''),
  uid: EndpointUid.nullish(),
  throttleRate: ThrottleRate.nullish(),
  rateLimit: ThrottleRate.nullish().meta({ deprecated: true }),
  disabled: z.boolean().default(false),
  eventTypes: EventTypeFilter.nullish(),
  filterTypes: EventTypeFilter.nullish().meta({ deprecated: true }),
  channels: ChannelFilter.nullish(),
  metadata: Metadata.nullish(),
  retrySchedule: RetrySchedule.nullish(),
})

function withoutAliases(fields: z.output<typeof updateFields>) {
  return {
    url: fields.url,
    description: fields.description,
    uid: fields.uid ?? null,
    throttleRate: fields.throttleRate ?? fields.rateLimit ?? null,
    disabled: fields.disabled,
    eventTypes: fields.eventTypes ?? fields.filterTypes ?? null,
    channels: fields.channels ?? null,
    metadata: fields.metadata ?? {},
    retrySchedule: fields.retrySchedule ?? null,
  }
}

/** PUT: what is absent is null. Secret and headers have routes of their own. */
export const EndpointUpdate = updateFields
  .superRefine(refuseDisagreement(aliases))
  .transform(withoutAliases)
  .meta({ id: 'EndpointUpsertIn' })
export type EndpointUpdate = z.output<typeof EndpointUpdate>

export const EndpointIn = updateFields
  .extend({ secret: SecretKey.nullish(), headers: HeaderMap.nullish() })
  .superRefine(refuseDisagreement(aliases))
  .transform(({ secret, headers, ...fields }) => ({
    ...withoutAliases(fields),
    secret: secret ?? null,
    headers: headers ?? {},
  }))
  .meta({ id: 'EndpointIn' })
export type EndpointIn = z.output<typeof EndpointIn>

export interface EndpointPatch {
  url?: string
  description?: string
  uid?: string | null
  throttleRate?: number | null
  disabled?: boolean
  eventTypes?: string[] | null
  channels?: string[] | null
  metadata?: Record<string, string>
  retrySchedule?: number[] | null
}

/** PATCH: what is absent stays. */
export const EndpointPatch = z
  .object({
    url: EndpointUrl.exactOptional(),
    description: Description.exactOptional(),
    uid: EndpointUid.nullable().exactOptional(),
    throttleRate: ThrottleRatePatch.nullable().exactOptional(),
    rateLimit: ThrottleRatePatch.nullable().exactOptional().meta({ deprecated: true }),
    disabled: z.boolean().exactOptional(),
    eventTypes: EventTypeFilter.nullable().exactOptional(),
    filterTypes: EventTypeFilter.nullable().exactOptional().meta({ deprecated: true }),
    channels: ChannelFilter.nullable().exactOptional(),
    metadata: Metadata.nullable().exactOptional(),
    retrySchedule: RetrySchedule.nullable().exactOptional(),
  })
  .superRefine(refuseDisagreement(aliases))
  .transform(({ throttleRate, rateLimit, filterTypes, metadata, ...rest }): EndpointPatch => {
    const rate = throttleRate === undefined ? rateLimit : throttleRate
    const eventTypes = rest.eventTypes === undefined ? filterTypes : rest.eventTypes
    return {
      ...rest,
      ...(rate === undefined ? {} : { throttleRate: rate === 0 ? null : rate }),
      ...(eventTypes === undefined ? {} : { eventTypes }),
      ...(metadata === undefined ? {} : { metadata: metadata ?? {} }),
    }
  })
  .meta({ id: 'EndpointPatch' })

export const EndpointOut = z
  .object({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    uid: z.string().nullish(),
    throttleRate: ThrottleRateOut.nullish(),
    rateLimit: ThrottleRateOut.nullish().meta({ deprecated: true }),
    disabled: z.boolean(),
    eventTypes: z.array(z.string()).nullish(),
    filterTypes: z.array(z.string()).nullish().meta({ deprecated: true }),
    channels: z.array(z.string()).nullish(),
    version: z.int().meta({ deprecated: true }),
    metadata: MetadataOut,
    retrySchedule: RetrySchedule.nullable(),
    state: EndpointState,
    createdAt: TimestampOut,
    updatedAt: TimestampOut,
  })
  .meta({ id: 'EndpointOut' })
export type EndpointOut = z.infer<typeof EndpointOut>

export const EndpointList = listOf(EndpointOut, 'EndpointOut')
export type EndpointList = z.infer<typeof EndpointList>

export const EndpointWarningsOut = z
  .object({
    data: z
      .array(EndpointOut)
      .describe('Disabled soon, the soonest first; then those disabled automatically in 7 days'),
    hasMore: z.boolean(),
  })
  .meta({ id: 'EndpointWarningsOut' })
export type EndpointWarningsOut = z.infer<typeof EndpointWarningsOut>

// Worst first it is a rank and a moment, then the endpoint.
const WORST_ITERATOR = /^-?[1-4]\.\d{16}\.ep_[0-9A-Za-z]{27}$/
const worstIterator = z.string().max(64).regex(WORST_ITERATOR, { error: 'Invalid iterator' })

export const EndpointListQuery = listQuery(z.union([iteratorOf('ep_'), worstIterator]))
  .extend({
    sort: z
      .enum(['id', 'worst'])
      .optional()
      .describe('`worst`: what fails the longest, what waits for its limit, is disabled, the rest'),
    search: lineText(256).min(1).optional().describe('Part of its URL, description, uid or id'),
    event_type: EventTypeName.optional().describe('That it takes: it chose it, or takes all'),
    health: EndpointHealth.optional().describe('Not together with `sort=worst`'),
  })
  .refine(({ sort, health }) => sort !== 'worst' || health === undefined, {
    path: ['health'],
    message: 'Not together with sort=worst',
  })
export type EndpointListQuery = z.output<typeof EndpointListQuery>
