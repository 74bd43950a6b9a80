import * as z from 'zod'
import { DoneBy } from './done-by.ts'
import { MessageStatus, MessageStatusText } from './message-status.ts'
import { TimestampOut } from './timestamp.ts'

export const DeliveryWaitReason = z
  .enum(['due', 'retry', 'in_flight', 'rate_limited', 'capped', 'breaker', 'retry_after'])
  .meta({ id: 'DeliveryWaitReason' })
export type DeliveryWaitReason = z.infer<typeof DeliveryWaitReason>

const SendingPhase = z
  .enum(['queue', 'dns', 'connect', 'tls', 'wait', 'body'])
  .meta({ id: 'SendingPhase' })

export const DeliveryStateOut = z
  .object({
    status: MessageStatus,
    statusText: MessageStatusText,
    attempts: z.int(),
    attemptsAtMost: z.int(),
    cause: z.string().nullable().meta({ description: "The last outcome's code, or why canceled" }),
    actor: z
      .string()
      .nullable()
      .meta({ description: 'As in the audit log; never told to a portal' }),
    by: DoneBy.nullable().meta({ description: 'Who asked for it, or canceled it' }),
    taskId: z.string().nullable(),
    waiting: z
      .object({ reason: DeliveryWaitReason, until: TimestampOut.nullable() })
      .nullable()
      .meta({ description: 'Why it is not being sent now' }),
    sending: z
      .array(z.object({ phase: SendingPhase, at: TimestampOut }))
      .nullable()
      .meta({
        description:
          'Of a request that is on its way, was asked for by hand and takes long: the phases that began, and when. Null: not known',
      }),
    remaining: z
      .array(z.object({ number: z.int(), at: TimestampOut }))
      .meta({ description: 'If each fails; after the next one without jitter' }),
  })
  .meta({ id: 'DeliveryStateOut' })
export type DeliveryStateOut = z.infer<typeof DeliveryStateOut>

/** How it stands with a message at an endpoint. */
export const MessageDeliveryOut = z
  .object({
    messageId: z.string(),
    endpointId: z.string(),
    asOf: TimestampOut,
    scheduled: DeliveryStateOut.nullable(),
    manual: DeliveryStateOut.nullable().meta({ description: 'The last one asked for by hand' }),
  })
  .meta({ id: 'MessageDeliveryOut' })
export type MessageDeliveryOut = z.infer<typeof MessageDeliveryOut>
