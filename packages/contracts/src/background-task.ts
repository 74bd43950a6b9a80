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

/** How many items are done, of how many if that is known. */
export const TaskProgress = z
  .object({ done: z.int(), total: z.int().nullable() })
  .meta({ id: 'TaskProgress' })
export type TaskProgress = z.infer<typeof TaskProgress>

const started = {
  id: z.string(),
  status: BackgroundTaskStatus,
  task: BackgroundTaskType,
  updatedAt: TimestampOut,
}

export const RecoverOut = z.object(started).meta({ id: 'RecoverOut' })
export type RecoverOut = z.infer<typeof RecoverOut>

export const ExpungeAllContentsOut = z.object(started).meta({ id: 'ExpungeAllContentsOut' })
export type ExpungeAllContentsOut = z.infer<typeof ExpungeAllContentsOut>

export const BackgroundTaskOut = z
  .object({
    ...started,
    data: z.record(z.string(), z.unknown()),
    progress: TaskProgress,
    canceledAt: TimestampOut.nullable(),
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
