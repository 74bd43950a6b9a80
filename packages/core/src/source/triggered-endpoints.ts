import { findSource } from '@posthorn/db'
import { findEndpointsByChannel } from '@posthorn/db/ingest'
import type { SourceScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { deleteEndpoint } from '../endpoint/delete-endpoint.ts'
import { NotFoundError } from '../errors.ts'
import { losantIdOf } from '../losant/losant-id.ts'
import { deleteSource } from './delete-source.ts'

interface TriggeredEndpoint {
  readonly id: string
  readonly url: string
  readonly description: string
  /** Its filter names others beside the source. */
  readonly isShared: boolean
}

/** What a subscription calls a source: a Losant webhook has an id of Losant's form as well. */
export function sourceChannels(sourceId: string): string[] {
  return [sourceId, losantIdOf(sourceId)]
}

/** The endpoints that are subscribed to a source by name, whatever else they receive. */
export async function listTriggeredEndpoints(
  { db }: Pick<CoreContext, 'db'>,
  scope: SourceScope,
  idOrUid: string,
): Promise<TriggeredEndpoint[]> {
  const source = await findSource(db.prisma, scope, idOrUid)
  if (source === null) throw new NotFoundError()
  const own = sourceChannels(source.id)
  const found = await findEndpointsByChannel(db.prisma, { ...scope, appId: source.appId }, own)
  return found.map(({ channels, ...endpoint }) => ({
    ...endpoint,
    isShared: channels.some((channel) => !own.includes(channel)),
  }))
}

/** With all that it triggers, also those that receive other things. */
export async function deleteSourceWithTriggered(
  ctx: CoreContext,
  scope: SourceScope,
  idOrUid: string,
): Promise<void> {
  const source = await findSource(ctx.db.prisma, scope, idOrUid)
  if (source === null) throw new NotFoundError()
  const application = { ...scope, appId: source.appId }
  for (const { id } of await listTriggeredEndpoints(ctx, scope, source.id))
    await deleteEndpoint(ctx, application, id).catch((err: unknown) => {
      if (!(err instanceof NotFoundError)) throw err
    })
  await deleteSource(ctx, scope, source.id)
}
