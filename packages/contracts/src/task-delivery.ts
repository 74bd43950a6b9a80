import * as z from 'zod'
import { listOf, pageQuery } from './list.ts'
import { NewestAttempt } from './message-attempt.ts'
import { TimestampOut } from './timestamp.ts'

export const TaskOutcome = z
  .enum(['delivered', 'failed', 'canceled', 'waiting'])
  .meta({ id: 'TaskOutcome' })
export type TaskOutcome = z.infer<typeof TaskOutcome>

export const TaskDeliveryOut = z
  .object({
    messageId: z.string(),
    endpointId: z.string(),
    appId: z.string(),
    eventType: z.string(),
    timestamp: TimestampOut.meta({ description: 'When it was published' }),
    outcome: TaskOutcome,
    cause: z.string().nullable().meta({ description: "The last outcome's code, or why canceled" }),
    nextAttemptAt: TimestampOut.nullable(),
    attempt: NewestAttempt.nullable().meta({ description: 'The last one that the task made' }),
  })
  .meta({ id: 'TaskDeliveryOut' })
export type TaskDeliveryOut = z.infer<typeof TaskDeliveryOut>

/** Newest message first. What was sent once more since, by hand or by another task, is no longer this one's. */
export const TaskDeliveryList = listOf(TaskDeliveryOut, 'TaskDeliveryOut')
export type TaskDeliveryList = z.infer<typeof TaskDeliveryList>

const iterator = z.string().regex(/^-?msg_[0-9A-Za-z]{27}\.ep_[0-9A-Za-z]{27}$/, 'Invalid iterator')

export const TaskDeliveryQuery = pageQuery(iterator).extend({ outcome: TaskOutcome.optional() })
export type TaskDeliveryQuery = z.output<typeof TaskDeliveryQuery>
