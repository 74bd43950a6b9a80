import { inTransaction } from '@posthorn/db'
import { previewFilter, type PreviewedFilter } from '@posthorn/db/endpoint-care'
import { firstIdAt, idTimeMs } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'

export interface EndpointFilterPreview {
  readonly messages: number
  /** How many of them the filter would have let through. */
  readonly matched: number
  /** From when on it was counted. */
  readonly since: Date
  /** There are more in that time: only the newest were looked at. */
  readonly isCapped: boolean
}

const LOOKED_BACK_MS = 86_400_000
const COUNT_AT_MOST = 10_000

/** What a filter would have let through of the application's messages of the last 24 hours. */
export async function previewEndpointFilter(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
  filter: PreviewedFilter,
): Promise<EndpointFilterPreview> {
  const since = new Date(ctx.clock.nowMs() - LOOKED_BACK_MS)
  const after = firstIdAt('msg_', since.getTime())
  const { messages, matched, oldestId } = await inTransaction(ctx.db, (tx) =>
    previewFilter(tx, scope, { filter, after, atMost: COUNT_AT_MOST }),
  )
  const isCapped = messages === COUNT_AT_MOST
  const oldestMs = isCapped && oldestId !== null ? idTimeMs('msg_', oldestId) : null
  return { messages, matched, isCapped, since: oldestMs === null ? since : new Date(oldestMs) }
}
