import * as z from 'zod'
import { DoneBy } from './done-by.ts'
import { EndpointOut } from './endpoint.ts'
import { IdOrUid } from './identifier.ts'
import { iteratorOf, listOf, pageQuery } from './list.ts'
import { MessageStatus, MessageStatusText } from './message-status.ts'
import { messageFilter, MessageOut } from './message.ts'
import { queryFlag, queryInt } from './query.ts'
import { TimestampOut } from './timestamp.ts'

export const StatusCodeClass = z
  .literal([0, 100, 200, 300, 400, 500])
  .meta({ id: 'StatusCodeClass' })
export type StatusCodeClass = z.infer<typeof StatusCodeClass>

/** 0 by the schedule, 1 by hand. */
export const MessageAttemptTriggerType = z.literal([0, 1]).meta({ id: 'MessageAttemptTriggerType' })
export type MessageAttemptTriggerType = z.infer<typeof MessageAttemptTriggerType>

/** What one attempt came to. `params` fill the sentence that belongs to `code`. */
export const AttemptOutcome = z
  .object({
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  })
  .meta({ id: 'AttemptOutcome' })
export type AttemptOutcome = z.infer<typeof AttemptOutcome>

const Milliseconds = z.number().nullable()

/** How long each phase took, in ms; null for a phase that was not reached or not needed. */
export const AttemptTiming = z
  .object({
    dnsMs: Milliseconds,
    connectMs: Milliseconds,
    tlsMs: Milliseconds,
    waitMs: Milliseconds,
    bodyMs: Milliseconds,
  })
  .meta({ id: 'AttemptTiming' })
export type AttemptTiming = z.infer<typeof AttemptTiming>

/** Which way an attempt went, for whoever runs us. */
export const AttemptTrace = z
  .object({
    worker: z.string().nullable().meta({ description: '`host:pid` of what made it, or lost it' }),
    errno: z.string().nullable().meta({
      description:
        'What the network, DNS or TLS called the failure: `ECONNREFUSED`; or our name for a time limit',
    }),
  })
  .meta({ id: 'AttemptTrace' })
export type AttemptTrace = z.infer<typeof AttemptTrace>

/** The request as it was sent, but for what is withheld. */
export const AttemptRequest = z
  .object({
    method: z.literal('POST'),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    withheld: z.array(z.string()).meta({ description: 'Names of headers whose values never show' }),
    hasCustomHeaders: z.boolean().meta({
      description: "False: the endpoint was changed since, so its own headers aren't known",
    }),
    bodyBytes: z.int().nullable(),
  })
  .meta({ id: 'AttemptRequest' })
export type AttemptRequest = z.infer<typeof AttemptRequest>

export const MessageAttemptOut = z
  .object({
    id: z.string(),
    msgId: z.string(),
    endpointId: z.string(),
    url: z.string(),
    response: z.string(),
    responseStatusCode: z.int(),
    responseDurationMs: z.int(),
    status: MessageStatus,
    statusText: MessageStatusText,
    triggerType: MessageAttemptTriggerType,
    timestamp: TimestampOut,
    msg: MessageOut.nullish(),
    outcome: AttemptOutcome,
    timing: AttemptTiming,
    remoteAddress: z.string().nullable().meta({
      description: 'That was connected to, or that refused; never one that is not sent to',
    }),
    responseHeaders: z.record(z.string(), z.string()).nullable(),
    attemptNumber: z.int(),
    attemptsAtMost: z.int().nullish().meta({
      description: 'That its schedule has by now, 1 by hand; in a list of an endpoint only',
    }),
    nextAttempt: TimestampOut.nullable(),
    request: AttemptRequest.nullish().meta({ description: 'Of one attempt only, not in lists' }),
    by: DoneBy.nullish().meta({
      description: 'Who asked for it by hand; of one attempt only, not in lists',
    }),
    taskId: z.string().nullish().meta({
      description:
        'The background task that asked for it, where the caller may see that; of one attempt only, not in lists',
    }),
    trace: AttemptTrace.nullish().meta({
      description: 'To users of the console only; of one attempt only, not in lists',
    }),
  })
  .meta({ id: 'MessageAttemptOut' })
export type MessageAttemptOut = z.infer<typeof MessageAttemptOut>

/** Of an attempt, what tells how it went. */
export const NewestAttempt = MessageAttemptOut.pick({
  id: true,
  msgId: true,
  status: true,
  statusText: true,
  url: true,
  responseStatusCode: true,
  responseDurationMs: true,
  triggerType: true,
  attemptNumber: true,
  timestamp: true,
  outcome: true,
}).meta({ id: 'NewestAttempt' })
export type NewestAttempt = z.infer<typeof NewestAttempt>

const deliveryFields = {
  status: MessageStatus,
  statusText: MessageStatusText,
  nextAttempt: TimestampOut.nullish(),
}

/** A message as one endpoint sees it. */
export const EndpointMessageOut = MessageOut.extend({
  ...deliveryFields,
  cause: z
    .string()
    .nullish()
    .meta({ description: "The last outcome's code, or why canceled; null once it is delivered" }),
  attempt: NewestAttempt.nullish().meta({
    description:
      'The newest one there, by schedule or by hand, among the newest 1,000 of the message',
  }),
  attemptsAtMost: z
    .int()
    .nullish()
    .meta({ description: 'That the schedule of `attempt` has by now, 1 by hand' }),
}).meta({ id: 'EndpointMessageOut' })
export type EndpointMessageOut = z.infer<typeof EndpointMessageOut>

/** An endpoint as one message sees it. */
export const MessageEndpointOut = EndpointOut.omit({
  metadata: true,
  retrySchedule: true,
  state: true,
})
  .extend(deliveryFields)
  .meta({ id: 'MessageEndpointOut' })
export type MessageEndpointOut = z.infer<typeof MessageEndpointOut>

export const MessageAttemptList = listOf(MessageAttemptOut, 'MessageAttemptOut')
export type MessageAttemptList = z.infer<typeof MessageAttemptList>

export const EndpointMessageList = listOf(EndpointMessageOut, 'EndpointMessageOut')
export type EndpointMessageList = z.infer<typeof EndpointMessageList>

export const MessageEndpointList = listOf(MessageEndpointOut, 'MessageEndpointOut')
export type MessageEndpointList = z.infer<typeof MessageEndpointList>

export const EmptyResponse = z.object({}).meta({ id: 'EmptyResponse' })
export type EmptyResponse = z.infer<typeof EmptyResponse>

/** Only with `expanded_statuses` is a canceled delivery told apart from a failed one. */
const expanded = { expanded_statuses: queryFlag(false) }

const attemptFilter = {
  ...messageFilter,
  ...expanded,
  status: queryInt(MessageStatus).optional(),
  with_content: queryFlag(true),
}

const cause = z
  .string()
  .regex(/^[a-z0-9_]{1,64}$/, 'Must be a code as `outcome.code` has it')
  .optional()
  .meta({ description: 'Failed for this: `outcome.code`' })

export const AttemptsByEndpointQuery = pageQuery(iteratorOf('atmpt_')).extend({
  ...attemptFilter,
  status_code_class: queryInt(StatusCodeClass).optional(),
  cause,
  with_msg: queryFlag(false),
})
export type AttemptsByEndpointQuery = z.output<typeof AttemptsByEndpointQuery>

export const AttemptsByMessageQuery = pageQuery(iteratorOf('atmpt_')).extend({
  ...attemptFilter,
  status_code_class: queryInt(StatusCodeClass).optional(),
  cause,
  endpoint_id: IdOrUid.optional(),
})
export type AttemptsByMessageQuery = z.output<typeof AttemptsByMessageQuery>

export const AttemptedMessagesQuery = pageQuery(iteratorOf('msg_')).extend(attemptFilter)
export type AttemptedMessagesQuery = z.output<typeof AttemptedMessagesQuery>

export const AttemptedDestinationsQuery = pageQuery(iteratorOf('ep_'))
export type AttemptedDestinationsQuery = z.output<typeof AttemptedDestinationsQuery>

export const AttemptGetQuery = z.object(expanded)
export type AttemptGetQuery = z.output<typeof AttemptGetQuery>

export const OperationalWebhookAttemptListQuery = pageQuery(iteratorOf('atmpt_'))
export type OperationalWebhookAttemptListQuery = z.output<typeof OperationalWebhookAttemptListQuery>
