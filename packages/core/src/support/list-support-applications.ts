import {
  type Application,
  type Database,
  findApplications,
  type KeyWindow,
  listApplications,
} from '@posthorn/db'
import {
  type ApplicationFigures,
  type EndpointsHeld,
  filterByEndpoints,
  findApplicationsById,
  listHolding,
  readApplicationFigures,
} from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import { listPage, listScannedPage, type Page, type PageRequest } from '../list-page.ts'

export interface SupportApplication extends ApplicationFigures {
  readonly application: Application
}

export interface SupportApplicationInput {
  readonly page: PageRequest
  /** What names it; null: any. */
  readonly text: string | null
  readonly held: EndpointsHeld | null
}

interface Context {
  readonly db: Database
}

/** How many applications one page may look at for those without endpoints. */
const SCAN_LIMIT = 2_000

/** Customers as support looks for them, each with how its endpoints are and what became of its last day. */
export async function listSupportApplications(
  ctx: Context,
  scope: OrgScope,
  input: SupportApplicationInput,
): Promise<Page<SupportApplication>> {
  const page = await (input.text === null
    ? listInOrder(ctx, scope, input)
    : listNamed(ctx, scope, { ...input, text: input.text }))
  const ids = page.items.map(({ id }) => id)
  const figures = await readApplicationFigures(ctx.db.prisma, ids)
  const items = page.items.map((application) => ({
    application,
    ...(figures.get(application.id) ?? NOTHING),
  }))
  return { ...page, items }
}

const NOTHING: ApplicationFigures = {
  endpoints: 0,
  failing: 0,
  disabled: 0,
  waiting: 0,
  waitingCapped: false,
  succeeded: 0,
  failed: 0,
}

function listInOrder(
  { db: { prisma } }: Context,
  scope: OrgScope,
  { page, held }: SupportApplicationInput,
): Promise<Page<Application>> {
  const keyOf = (application: Application) => application.id
  const fetch = (window: KeyWindow) => listApplications(prisma, scope, window)
  if (held === null) return listPage(page, { keyOf, fetch })
  if (held !== 'none') {
    const holding = async (window: KeyWindow) =>
      findApplicationsById(prisma, scope, await listHolding(prisma, scope, { held, window }))
    return listPage(page, { keyOf, fetch: holding })
  }
  const keep = async (rows: readonly Application[]) => {
    const wanted = await filterByEndpoints(prisma, rows.map(keyOf), held)
    return rows.filter(({ id }) => wanted.has(id))
  }
  return listScannedPage(page, { keyOf, fetch, scanLimit: SCAN_LIMIT, keep })
}

/** By name, so it has no place to go on from: whoever looks for more says more of the name. */
async function listNamed(
  { db: { prisma } }: Context,
  scope: OrgScope,
  { page: { limit }, text, held }: SupportApplicationInput & { readonly text: string },
): Promise<Page<Application>> {
  const found = text.startsWith('app_')
    ? [{ id: text }]
    : await findApplications(prisma, scope, { text, take: limit + 1 })
  const ids = found.map(({ id }) => id)
  const wanted = held === null ? new Set(ids) : await filterByEndpoints(prisma, ids, held)
  const applications = await findApplicationsById(
    prisma,
    scope,
    ids.slice(0, limit).filter((id) => wanted.has(id)),
  )
  return { items: applications, iterator: null, prevIterator: null, done: found.length <= limit }
}
