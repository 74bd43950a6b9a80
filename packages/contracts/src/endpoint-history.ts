import * as z from 'zod'
import { DoneByKind } from './done-by.ts'
import { iteratorOf, listOf, pageQuery } from './list.ts'
import { TimestampOut } from './timestamp.ts'

export const EndpointHistoryOut = z
  .object({
    id: z.string(),
    by: DoneByKind,
    action: z.string(),
    changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
    timestamp: TimestampOut,
  })
  .meta({ id: 'EndpointHistoryOut' })
export type EndpointHistoryOut = z.infer<typeof EndpointHistoryOut>

export const EndpointHistoryList = listOf(EndpointHistoryOut, 'EndpointHistoryOut')
export type EndpointHistoryList = z.infer<typeof EndpointHistoryList>

export const EndpointHistoryQuery = pageQuery(iteratorOf('audit_'))
