import { type ApiKey, listApiKeys as listRows } from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'
import { nameLimits } from './application-limit.ts'

/** With the names of the applications that it is limited to, by their ids; deleted ones have none. */
export interface NamedApiKey {
  readonly apiKey: ApiKey
  readonly names: ReadonlyMap<string, string>
}

type Context = Pick<CoreContext, 'db'>

export async function listApiKeys(
  ctx: Context,
  scope: OrgScope,
  request: PageRequest,
): Promise<Page<NamedApiKey>> {
  const page = await listPage(request, {
    fetch: (window) => listRows(ctx.db.prisma, scope, window),
    keyOf: (key) => key.id,
  })
  const names = await nameLimits(ctx, scope, page.items)
  return { ...page, items: page.items.map((apiKey) => ({ apiKey, names })) }
}

export async function nameApiKey(
  ctx: Context,
  scope: OrgScope,
  apiKey: ApiKey,
): Promise<NamedApiKey> {
  return { apiKey, names: await nameLimits(ctx, scope, [apiKey]) }
}
