import * as z from 'zod'
import { iteratorOf, listOf, listQuery } from './list.ts'
import { TimestampOut } from './timestamp.ts'

/** A canceled task reports `failed`, because strict SDKs know no other word; `canceledAt` tells. */
export const BackgroundTaskStatus = z
  .enum(['running', 'finished', 'failed'])
  .meta({ id: 'BackgroundTaskStatus' })
export type BackgroundTaskStatus = z.infer<typeof BackgroundTaskStatus>

export const BackgroundTaskType = z
  .enum([
    'endpoint.replay',
    'endpoint.recover',
    'application.stats',
    'message.broadcast',
    'sdk.generate',
    'event-type.aggregate',
    'application.purge_content',
    'endpoint.bulk-replay',
  ])
  .meta({ id: 'BackgroundTaskType' })
export type BackgroundTaskType = z.infer<typeof BackgroundTaskType>

export const TaskProgress = z
  .object({
    done: z.int().meta({ description: 'Messages sent on their way, or purged' }),
    skipped: z.int().meta({ description: 'Passed over: nothing is stored any more' }),
    total: z.int().nullable().meta({ description: 'Counted at the beginning; null over 10,000' }),
    fraction: z.number().meta({ description: 'Of the time it covers, 0 to 1' }),
    pace: z
      .object({
        perSecond: z.number(),
        secondsLeft: z.int().nullable().meta({ description: 'Until all are on their way' }),
      })
      .nullable()
      .meta({
        description: 'Since it began or was resumed, up to `updatedAt`; null: not under way',
      }),
  })
  .meta({ id: 'TaskProgress' })
export type TaskProgress = z.infer<typeof TaskProgress>

const started = {
  id: z.string(),
  status: BackgroundTaskStatus,
  task: BackgroundTaskType,
  updatedAt: TimestampOut,
}

/** What became of those on their way, counted up to 10,000. */
export const TaskOutcomes = z
  .object({
    waiting: z.int(),
    delivered: z.int(),
    failed: z.int(),
    canceled: z.int(),
    isCapped: z.boolean(),
  })
  .meta({ id: 'TaskOutcomes' })
export type TaskOutcomes = z.infer<typeof TaskOutcomes>

export const RecoverOut = z.object(started).meta({ id: 'RecoverOut' })
export type RecoverOut = z.infer<typeof RecoverOut>

export const ReplayOut = z.object(started).meta({ id: 'ReplayOut' })
export type ReplayOut = z.infer<typeof ReplayOut>

export const ExpungeAllContentsOut = z.object(started).meta({ id: 'ExpungeAllContentsOut' })
export type ExpungeAllContentsOut = z.infer<typeof ExpungeAllContentsOut>

const TaskApprovalOut = z
  .object({
    aloneAtMost: z.int().meta({ description: 'Messages that need nobody but who started it' }),
    isWaiting: z.boolean().meta({ description: 'It has sent these, and waits' }),
    isGiven: z.boolean(),
    mayGive: z.boolean().meta({ description: 'Who asks: another user than who started it' }),
  })
  .meta({ id: 'TaskApprovalOut' })

export const BackgroundTaskOut = z
  .object({
    ...started,
    data: z.record(z.string(), z.unknown()),
    progress: TaskProgress,
    outcomes: TaskOutcomes.nullable(),
    approval: TaskApprovalOut.nullable().meta({ description: 'Of a task over many endpoints' }),
    createdAt: TimestampOut,
    canceledAt: TimestampOut.nullable(),
    pausedAt: TimestampOut.nullable(),
  })
  .meta({ id: 'BackgroundTaskOut' })
export type BackgroundTaskOut = z.infer<typeof BackgroundTaskOut>

export const BackgroundTaskList = listOf(BackgroundTaskOut, 'BackgroundTaskOut')
export type BackgroundTaskList = z.infer<typeof BackgroundTaskList>

export const BackgroundTaskListQuery = listQuery(iteratorOf('qtask_')).extend({
  status: BackgroundTaskStatus.optional(),
  task: BackgroundTaskType.optional(),
})
export type BackgroundTaskListQuery = z.output<typeof BackgroundTaskListQuery>
