import * as z from 'zod'
import { DoneBy } from './done-by.ts'
import { queryInt } from './query.ts'
import { TimestampOut } from './timestamp.ts'

const Days = z.int().min(1).max(3_650)

export const ApplicationRetentionOut = z
  .object({
    days: z.int().describe('In force. Of the installation: up to the end of its week'),
    source: z
      .enum(['default', 'environment', 'console', 'application'])
      .describe('application: chosen for it. The others: where the installation has its days from'),
    /** Not in force where the installation keeps messages for less time. */
    applicationDays: z.int().nullable(),
    installationDays: z.int(),
    changedAt: TimestampOut.nullable(),
    by: DoneBy.nullable(),
  })
  .meta({ id: 'ApplicationRetentionOut' })
export type ApplicationRetentionOut = z.infer<typeof ApplicationRetentionOut>

export const ApplicationRetentionIn = z
  .object({
    days: Days.nullable().describe(
      'At most those of the installation. Null: as the installation says',
    ),
    /** Where payloads would go at once: `confirmation` of the preview. */
    confirmation: z.string().max(32).nullish(),
  })
  .meta({ id: 'ApplicationRetentionIn' })

export const ApplicationRetentionPreviewQuery = z.object({
  days: queryInt(Days).optional().describe('Absent: as the installation says'),
})

export const ApplicationRetentionPreviewOut = z
  .object({
    days: z.int(),
    currentDays: z.int(),
    /** What was published earlier loses its payload, but where the publish gave it a time of its own. */
    emptiedBefore: TimestampOut,
    payloads: z.int().describe('That would go at once, of the oldest 10,000 messages'),
    isCapped: z.boolean().describe('There may be more'),
    confirmation: z
      .string()
      .nullable()
      .describe('A day, as 2026-08-24: typed to confirm. Null: nothing goes'),
  })
  .meta({ id: 'ApplicationRetentionPreviewOut' })
export type ApplicationRetentionPreviewOut = z.infer<typeof ApplicationRetentionPreviewOut>
