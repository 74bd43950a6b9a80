import { inTransaction } from '@posthorn/db'
import { countMessagesAfter } from '@posthorn/db/message-count'
import { firstIdAt } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import type { TrafficWindow } from './traffic-period.ts'

const COUNT_AT_MOST = 10_000

export interface PublishedCount {
  readonly count: number
  /** There are more. */
  readonly isCapped: boolean
}

/** What an application was sent in a time, whether or not any endpoint took it, of what is still kept. */
export async function countPublished(
  ctx: Pick<CoreContext, 'db'>,
  { appId }: AppScope,
  { period, since, until }: TrafficWindow,
): Promise<PublishedCount> {
  const after = firstIdAt('msg_', since.getTime())
  // Up to now is up to the newest, whoever's clock was ahead.
  const before = period === null ? firstIdAt('msg_', until.getTime()) : undefined
  const atMost = COUNT_AT_MOST + 1
  const found = await inTransaction(ctx.db, (tx) =>
    countMessagesAfter(tx, { appId, after, before, atMost }),
  )
  return { count: Math.min(found, COUNT_AT_MOST), isCapped: found > COUNT_AT_MOST }
}
