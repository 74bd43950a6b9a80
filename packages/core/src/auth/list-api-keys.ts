import { type ApiKey, listApiKeys as listRows } from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'

export function listApiKeys(
  ctx: Pick<CoreContext, 'db'>,
  scope: OrgScope,
  request: PageRequest,
): Promise<Page<ApiKey>> {
  return listPage(request, {
    fetch: (window) => listRows(ctx.db.prisma, scope, window),
    keyOf: (key) => key.id,
  })
}
