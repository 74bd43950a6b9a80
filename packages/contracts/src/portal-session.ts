import * as z from 'zod'
import { DoneBy } from './done-by.ts'
import { TimestampOut } from './timestamp.ts'

const PortalSessionOut = z
  .object({
    sessionId: z.string(),
    capabilities: z.array(z.string()),
    openedAt: TimestampOut.describe('When its first token was given, of those that may still live'),
    lastOpenedAt: TimestampOut,
    expiresAt: TimestampOut.describe('When its last token ends, unless it is ended before'),
    isOver: z.boolean().describe('All its tokens have ended'),
    by: DoneBy.nullable().describe('Who opened it last'),
  })
  .meta({ id: 'PortalSessionOut' })
export type PortalSessionOut = z.infer<typeof PortalSessionOut>

export const PortalSessionList = z
  .object({ data: z.array(PortalSessionOut).describe('The newest 100, newest first') })
  .meta({ id: 'PortalSessionList' })
export type PortalSessionList = z.infer<typeof PortalSessionList>
