import * as z from 'zod'

export const PublisherOut = z
  .object({
    kind: z
      .enum(['key', 'token', 'source', 'user', 'portal', 'system'])
      .meta({ description: 'An API key, a token of the organisation, a source, …' }),
    id: z.string().nullable().meta({ description: 'Never told to a portal, like its name' }),
    name: z.string().nullable().meta({ description: 'Of a key, a source or a user' }),
  })
  .meta({ id: 'PublisherOut' })
export type PublisherOut = z.infer<typeof PublisherOut>
