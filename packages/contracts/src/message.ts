import * as z from 'zod'
import { ApplicationIn } from './application.ts'
import { Channel, EventTypeName, filterOf, Tag, uidOf } from './identifier.ts'
import { iteratorOf, listOf, pageQuery } from './list.ts'
import { MessageStatus } from './message-status.ts'
import { PublisherOut } from './publisher.ts'
import { queryEventTypes, queryFlag, queryInt } from './query.ts'
import { Timestamp, TimestampOut } from './timestamp.ts'

const HOURS_PER_DAY = 24

const MessageInFields = z.object({
  eventType: EventTypeName,
  eventId: uidOf('msg_').nullish(),
  channels: filterOf(Channel, 10).nullish(),
  tags: filterOf(Tag, 5).nullish(),
  application: ApplicationIn.nullish(),
  payloadRetentionPeriod: z.int().min(1).max(90).optional().describe('Days'),
  payloadRetentionHours: z.int().min(1).max(2160).nullish(),
  deliverAt: Timestamp.nullish().refine(
    (moment) => moment === null || moment === undefined,
    'Scheduled delivery is not available on this server',
  ),
  transformationsParams: z.record(z.string(), z.unknown()).nullish(),
})

/** What a publish says beside its payload. Hours win over days; null is the installation's default. */
export const MessageFields = MessageInFields.transform((fields) => ({
  eventType: fields.eventType,
  eventId: fields.eventId ?? null,
  channels: fields.channels ?? null,
  tags: fields.tags ?? null,
  application: fields.application ?? null,
  payloadRetentionHours: fields.payloadRetentionHours ?? hoursOf(fields.payloadRetentionPeriod),
  rawPayload: fields.transformationsParams?.['rawPayload'],
}))
export type MessageFields = z.output<typeof MessageFields>

function hoursOf(days: number | undefined): number | null {
  return days === undefined ? null : days * HOURS_PER_DAY
}

const Payload = z.record(z.string(), z.unknown())

/** The whole body, for the API document: the server reads it with `parseMessageIn`, payload verbatim. */
export const MessageIn = MessageInFields.extend({
  payload: Payload,
  data: Payload.optional().meta({ deprecated: true }),
}).meta({ id: 'MessageIn' })

/** A place in the payload (JSON pointer) that its event type's schema doesn't allow, and why. */
export const SchemaFault = z
  .object({ path: z.string(), message: z.string() })
  .meta({ id: 'SchemaFault' })
export type SchemaFault = z.infer<typeof SchemaFault>

/** Why a message has no delivery, decided when it was published. */
export const Unmatched = z
  .enum(['no_endpoints', 'disabled', 'event_type', 'channel'])
  .meta({ id: 'Unmatched' })
export type Unmatched = z.infer<typeof Unmatched>

/** Of a message that a source received; `payload` is `{}` where its body is no JSON object. */
const receivedBody = {
  contentType: z.string().optional(),
  payloadText: z.string().optional(),
  payloadBase64: z.string().optional(),
}

/** How many deliveries of a message stand how. */
export const DeliveryCounts = z
  .object({
    pending: z.int().meta({ description: 'Not attempted yet' }),
    retrying: z.int(),
    delivered: z.int(),
    failed: z.int(),
    canceled: z.int(),
    isCapped: z.boolean().meta({ description: 'There are 100 and maybe more: 100 were counted' }),
  })
  .meta({ id: 'DeliveryCounts' })
export type DeliveryCounts = z.infer<typeof DeliveryCounts>

/** Why a payload is no longer stored, and since when; `at` null: not known. */
const PayloadGone = z
  .object({
    rule: z.enum(['published', 'application', 'removed', 'unknown']).meta({
      description:
        'Its publish said for how long, else its application; `removed`: somebody did, before that; `unknown`: an earlier rule of its application, or what is on no record',
    }),
    at: TimestampOut.nullable(),
  })
  .meta({ id: 'PayloadGone' })

export const MessageOut = z
  .object({
    id: z.string(),
    eventType: z.string(),
    eventId: z.string().nullish(),
    payload: Payload,
    channels: z.array(z.string()).nullish(),
    tags: z.array(z.string()).nullish(),
    deliverAt: TimestampOut.nullish(),
    timestamp: TimestampOut,
    schemaErrors: z.array(SchemaFault).nullable(),
    unmatched: Unmatched.nullable(),
    publisher: PublisherOut.nullish().meta({ description: 'Of one message only, not in lists' }),
    payloadKeptUntil: TimestampOut.nullish().meta({
      description: 'Null: it is gone. Of one message only, not in lists',
    }),
    payloadGone: PayloadGone.nullish().meta({
      description: 'Null: it is there. Of one message only, not in lists',
    }),
    deliveries: DeliveryCounts.optional().meta({
      description: 'In lists asked for with `with_deliveries`',
    }),
    ...receivedBody,
  })
  .meta({ id: 'MessageOut' })
export type MessageOut = z.infer<typeof MessageOut>

export const MessageList = listOf(MessageOut, 'MessageOut')
export type MessageList = z.infer<typeof MessageList>

/** The time window and labels that every list of messages and attempts filters by. */
export const messageFilter = {
  channel: Channel.optional(),
  tag: Tag.optional(),
  before: Timestamp.optional(),
  after: Timestamp.optional(),
  event_types: queryEventTypes,
}

export const MessageListQuery = pageQuery(iteratorOf('msg_')).extend({
  ...messageFilter,
  status: queryInt(MessageStatus).optional().meta({ description: 'Of any of its deliveries' }),
  expanded_statuses: queryFlag(false),
  with_content: queryFlag(true),
  with_deliveries: queryFlag(false),
})
export type MessageListQuery = z.output<typeof MessageListQuery>

export const MessageContentQuery = z.object({ with_content: queryFlag(true) })
export type MessageContentQuery = z.output<typeof MessageContentQuery>
