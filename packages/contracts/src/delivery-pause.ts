import * as z from 'zod'
import { lineText } from './text.ts'
import { TimestampOut } from './timestamp.ts'

export const DeliveryPauseOut = z
  .object({
    /** Null: deliveries go out. */
    pause: z
      .object({
        pausedAt: TimestampOut,
        pausedBy: z.string().describe('`user:…`, `key:…`, `token:…` or `system:command_line`'),
        pausedByName: z.string().nullable().describe('Of a user'),
        reason: z.string(),
        waiting: z
          .int()
          .nullable()
          .describe('Deliveries that would go out now, at most 10,001; withheld from the limited'),
        inFlight: z
          .int()
          .nullable()
          .describe('Begun before the pause was heard of: they end normally; withheld likewise'),
      })
      .nullable(),
    mayChange: z.boolean().describe('Whether who asks may pause and resume'),
    othersOrganisations: z.int().describe("In use, and not the caller's"),
  })
  .meta({ id: 'DeliveryPauseOut' })
export type DeliveryPauseOut = z.infer<typeof DeliveryPauseOut>

export const DeliveryPauseIn = z
  .object({ reason: lineText(500).trim().min(1).describe('Shown to all staff while it lasts') })
  .meta({ id: 'DeliveryPauseIn' })
