import * as z from 'zod'

export const DoneByKind = z
  .enum(['customer', 'staff', 'api', 'system', 'receiver'])
  .meta({ id: 'DoneByKind' })
export type DoneByKind = z.infer<typeof DoneByKind>

export const DoneBy = z
  .object({
    kind: DoneByKind,
    name: z
      .string()
      .nullable()
      .meta({ description: 'Of one of the staff; never told to a portal' }),
  })
  .meta({ id: 'DoneBy' })
export type DoneBy = z.infer<typeof DoneBy>
