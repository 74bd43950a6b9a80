import * as z from 'zod'
import { iteratorOf, listOf, pageQuery } from './list.ts'
import { TimestampOut } from './timestamp.ts'

export const EndpointChangedBy = z
  .enum(['customer', 'staff', 'api', 'system', 'receiver'])
  .meta({ id: 'EndpointChangedBy' })
export type EndpointChangedBy = z.infer<typeof EndpointChangedBy>

export const EndpointHistoryOut = z
  .object({
    id: z.string(),
    by: EndpointChangedBy,
    action: z.string(),
    changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
    timestamp: TimestampOut,
  })
  .meta({ id: 'EndpointHistoryOut' })
export type EndpointHistoryOut = z.infer<typeof EndpointHistoryOut>

export const EndpointHistoryList = listOf(EndpointHistoryOut, 'EndpointHistoryOut')
export type EndpointHistoryList = z.infer<typeof EndpointHistoryList>

export const EndpointHistoryQuery = pageQuery(iteratorOf('audit_'))
