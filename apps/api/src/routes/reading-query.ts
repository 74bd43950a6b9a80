import type { MessageListQuery } from '@posthorn/contracts'
import type { IdPageInput, ListAttemptsInput } from '@posthorn/core'

type PageQuery = Pick<MessageListQuery, 'limit' | 'iterator' | 'before' | 'after'>
type FilterQuery = Pick<MessageListQuery, 'channel' | 'tag' | 'event_types'>

export function pageOfQuery({ limit, iterator, before, after }: PageQuery): IdPageInput {
  return { limit, iterator, before, after }
}

export function filterOfQuery(query: FilterQuery): ListAttemptsInput['filter'] {
  return { channel: query.channel, tag: query.tag, eventTypes: query.event_types }
}
