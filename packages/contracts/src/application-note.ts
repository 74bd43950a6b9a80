import * as z from 'zod'
import { DoneBy } from './done-by.ts'
import { TimestampOut } from './timestamp.ts'

const MAX_TEXT = 10_000

export const ApplicationNoteIn = z
  .object({
    text: z
      .string()
      .trim()
      .max(MAX_TEXT)
      .refine((text) => !text.includes('\0'), 'Must not contain NUL')
      .describe('Empty: takes it away'),
  })
  .meta({ id: 'ApplicationNoteIn' })
export type ApplicationNoteIn = z.output<typeof ApplicationNoteIn>

export const ApplicationNoteOut = z
  .object({
    text: z.string(),
    changedAt: TimestampOut.nullable(),
    by: DoneBy.nullable(),
  })
  .meta({ id: 'ApplicationNoteOut' })
export type ApplicationNoteOut = z.infer<typeof ApplicationNoteOut>
