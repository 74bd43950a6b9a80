import { findQuarantined, findSource, findSourceRequest } from '@posthorn/db'
import { findReceivedOriginal } from '@posthorn/db/ingest'
import type { SourceScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'

interface OriginalBody {
  readonly bytes: Uint8Array
  /** What the sender called them. */
  readonly contentType: string | null
}

/**
 * The body of a request as it came, byte for byte, whatever its message was made to be.
 *
 * @throws {NotFoundError} nothing of it is kept: it was refused, a repetition, or its time is over
 */
export async function getOriginalBody(
  { db }: Pick<CoreContext, 'db'>,
  scope: SourceScope,
  { source: name, id }: { readonly source: string; readonly id: string },
): Promise<OriginalBody> {
  const source = await findSource(db.prisma, scope, name)
  if (source === null) throw new NotFoundError()
  const { id: sourceId, appId } = source
  const request = await findSourceRequest(db.prisma, { sourceId }, id)
  if (request === null) throw new NotFoundError()
  const { outcome, messageId, contentType } = request
  const bytes =
    outcome === 'accepted' && messageId !== null
      ? await findReceivedOriginal(db, { appId, messageId })
      : ((await findQuarantined(db.prisma, { sourceId }, id))?.body ?? null)
  if (bytes === null) throw new NotFoundError('The body is not kept')
  return { bytes, contentType }
}
