import { findSourcesReceived, type SourceReceived } from '@posthorn/db/ingest'
import type { CoreContext } from '../context.ts'

/** What lately came to each of these sources. */
export function getSourcesReceived(
  ctx: Pick<CoreContext, 'db'>,
  sources: ReadonlyArray<{ readonly id: string }>,
): Promise<Map<string, SourceReceived>> {
  const ids = sources.map(({ id }) => id)
  return ids.length === 0 ? Promise.resolve(new Map()) : findSourcesReceived(ctx.db.hot, ids)
}
