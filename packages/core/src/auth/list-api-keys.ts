import { type ApiKey, listApiKeys as listRows } from '@posthorn/db'
import { findApplicationsById } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'

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
  const names = await findNames(ctx, scope, page.items)
  return { ...page, items: page.items.map((apiKey) => ({ apiKey, names })) }
}

export async function nameApiKey(
  ctx: Context,
  scope: OrgScope,
  apiKey: ApiKey,
): Promise<NamedApiKey> {
  return { apiKey, names: await findNames(ctx, scope, [apiKey]) }
}

async function findNames(
  { db }: Context,
  scope: OrgScope,
  keys: readonly ApiKey[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(keys.flatMap(({ appIds }) => appIds))
  const found = ids.size === 0 ? [] : await findApplicationsById(db.prisma, scope, [...ids])
  return new Map(found.map(({ id, name }) => [id, name]))
}
