import { findSource } from '@posthorn/db'
import type { AppScope, SourceScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { type SourceView, viewSources } from './source-view.ts'

type Reading = Pick<CoreContext, 'db' | 'vault'>

export async function getSource(
  ctx: Reading,
  scope: SourceScope,
  idOrUid: string,
): Promise<SourceView> {
  const row = await findSource(ctx.db.prisma, scope, idOrUid)
  const [view] = row === null ? [] : await viewSources(ctx, [row])
  if (view === undefined) throw new NotFoundError()
  return view
}

/** The application that a source publishes into: what its endpoints belong to. */
export async function getSourceScope(
  ctx: Pick<CoreContext, 'db'>,
  scope: SourceScope,
  idOrUid: string,
): Promise<AppScope & { readonly sourceId: string }> {
  const source = await findSource(ctx.db.prisma, scope, idOrUid)
  if (source === null) throw new NotFoundError()
  return { ...scope, appId: source.appId, sourceId: source.id }
}
