import { listSources as listRows } from '@posthorn/db'
import type { SourceScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'
import { type SourceView, viewSources } from './source-view.ts'

export async function listSources(
  ctx: Pick<CoreContext, 'db' | 'vault'>,
  scope: SourceScope,
  request: PageRequest,
): Promise<Page<SourceView>> {
  const page = await listPage(request, {
    fetch: (window) => listRows(ctx.db.prisma, scope, window),
    keyOf: (source) => source.id,
  })
  return { ...page, items: await viewSources(ctx, page.items) }
}
