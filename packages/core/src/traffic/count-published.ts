import { inTransaction } from '@posthorn/db'
import { countMessagesAfter } from '@posthorn/db/message-count'
import { firstIdAt } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'

const COUNT_AT_MOST = 10_000

export interface PublishedCount {
  readonly count: number
  /** There are more. */
  readonly isCapped: boolean
}

/** What an application was sent since, whether or not any endpoint took it, of what is still kept. */
export async function countPublished(
  ctx: Pick<CoreContext, 'db'>,
  { appId }: AppScope,
  since: Date,
): Promise<PublishedCount> {
  const after = firstIdAt('msg_', since.getTime())
  const atMost = COUNT_AT_MOST + 1
  const found = await inTransaction(ctx.db, (tx) =>
    countMessagesAfter(tx, { appId, after, atMost }),
  )
  return { count: Math.min(found, COUNT_AT_MOST), isCapped: found > COUNT_AT_MOST }
}
