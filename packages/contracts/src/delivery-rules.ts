import * as z from 'zod'

/** What holds for every endpoint that says nothing else. */
export const DeliveryRulesOut = z
  .object({
    retrySchedule: z.array(z.number()).meta({
      description:
        'Seconds after the attempt before, one entry per retry, for endpoints without a schedule of their own',
    }),
    retryJitter: z.number().meta({
      description: 'Each of these waits is longer or shorter by up to this share of it',
    }),
    egressAddresses: z.array(z.string()).meta({
      description: 'That requests come from, as far as whoever runs this says so',
    }),
  })
  .meta({ id: 'DeliveryRulesOut' })
export type DeliveryRulesOut = z.infer<typeof DeliveryRulesOut>
