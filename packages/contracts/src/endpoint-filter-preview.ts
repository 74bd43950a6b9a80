import * as z from 'zod'
import { ChannelFilter, EventTypeFilter } from './identifier.ts'
import { TimestampOut } from './timestamp.ts'

export const EndpointFilterPreviewIn = z
  .object({
    eventTypes: EventTypeFilter.nullish().describe('As of an endpoint; null or empty: all'),
    channels: ChannelFilter.nullish().describe('As of an endpoint; null or empty: all'),
  })
  .transform(({ eventTypes, channels }) => ({
    eventTypes: eventTypes ?? null,
    channels: channels ?? null,
  }))
  .meta({ id: 'EndpointFilterPreviewIn' })
export type EndpointFilterPreviewIn = z.output<typeof EndpointFilterPreviewIn>

export const EndpointFilterPreviewOut = z
  .object({
    messages: z.int().describe('Of the application, within that time'),
    matched: z.int().describe('How many of them the filter would have let through'),
    since: TimestampOut.describe('24 hours ago, or the oldest that was looked at'),
    capped: z.boolean().describe('Only the newest 10,000 were looked at'),
  })
  .meta({ id: 'EndpointFilterPreviewOut' })
export type EndpointFilterPreviewOut = z.infer<typeof EndpointFilterPreviewOut>
