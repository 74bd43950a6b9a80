import * as z from 'zod'

export const EventTypeAttemptsOut = z
  .object({
    data: z
      .array(z.object({ name: z.string(), succeeded: z.number(), failed: z.number() }))
      .describe('Those that had any, the busiest first, at most 1,000'),
    isPart: z.boolean().describe('There were more rollups than were looked at'),
  })
  .meta({ id: 'EventTypeAttemptsOut' })
export type EventTypeAttemptsOut = z.infer<typeof EventTypeAttemptsOut>

/** Of all endpoints of the organisation that are not deleted, up to 20,000. */
export const EventTypeListenersOut = z
  .object({
    endpoints: z.int().describe('That chose this event type'),
    applications: z
      .array(z.object({ appId: z.string(), appName: z.string(), endpoints: z.int() }))
      .describe('Whose they are, at most 20: those with the most first'),
    applicationCount: z.int(),
    takeAll: z.int().describe('Endpoints that take every event type'),
    isCapped: z.boolean().describe('There are more endpoints than were looked at'),
  })
  .meta({ id: 'EventTypeListenersOut' })
export type EventTypeListenersOut = z.infer<typeof EventTypeListenersOut>
