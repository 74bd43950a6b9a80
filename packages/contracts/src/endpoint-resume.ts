import * as z from 'zod'
import { Timestamp } from './timestamp.ts'

export const EndpointProbeOut = z
  .object({
    messageId: z.string().meta({ description: 'What is sent as the probe' }),
    lastAttemptId: z
      .string()
      .nullable()
      .meta({ description: 'Of that message there so far: what comes of the probe is the next' }),
    isUnderWay: z.boolean().meta({ description: 'It was being made already' }),
  })
  .meta({ id: 'EndpointProbeOut' })
export type EndpointProbeOut = z.infer<typeof EndpointProbeOut>

export const UndoDisablingIn = z
  .object({
    disabledAt: Timestamp.meta({ description: 'As `state.disabledAt` said while it was disabled' }),
    dryRun: z.boolean().default(false).meta({ description: 'Only counts' }),
  })
  .meta({ id: 'UndoDisablingIn' })
export type UndoDisablingIn = z.output<typeof UndoDisablingIn>

export const UndoneOut = z
  .object({
    count: z.int().meta({
      description: 'Deliveries that go on; at most 100,000 at once, and 10,000 in a dry run',
    }),
    isCapped: z.boolean().meta({ description: 'There may be more' }),
  })
  .meta({ id: 'UndoneOut' })
export type UndoneOut = z.infer<typeof UndoneOut>
