import {
  type Application,
  type ApplicationEndpoints,
  listApplications as listRows,
  summarizeEndpoints,
} from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { listPage, listScannedPage, type Page, type PageRequest } from '../list-page.ts'

/** Which applications to leave out. */
export interface ApplicationExclusions {
  readonly withoutEndpoints: boolean
  readonly withDisabledEndpoints: boolean
  readonly withPlayEndpoints: boolean
}

const SCAN_LIMIT = 1_000

export function listApplications(
  ctx: Pick<CoreContext, 'db'>,
  scope: OrgScope,
  { page, exclude }: { readonly page: PageRequest; readonly exclude: ApplicationExclusions },
): Promise<Page<Application>> {
  const source = {
    fetch: (window: Parameters<typeof listRows>[2]) => listRows(ctx.db.prisma, scope, window),
    keyOf: (application: Application) => application.id,
  }
  const excludesNone =
    !exclude.withoutEndpoints && !exclude.withDisabledEndpoints && !exclude.withPlayEndpoints
  if (excludesNone) return listPage(page, source)
  const keep = (rows: readonly Application[]) => keepWanted(ctx, rows, exclude)
  return listScannedPage(page, { ...source, scanLimit: SCAN_LIMIT, keep })
}

async function keepWanted(
  ctx: Pick<CoreContext, 'db'>,
  rows: readonly Application[],
  exclude: ApplicationExclusions,
): Promise<Application[]> {
  const summaries = await summarizeEndpoints(
    ctx.db.prisma,
    rows.map((row) => row.id),
  )
  const byApp = new Map(summaries.map((summary) => [summary.appId, summary]))
  return rows.filter((row) => isWanted(byApp.get(row.id), exclude))
}

function isWanted(
  endpoints: ApplicationEndpoints | undefined,
  exclude: ApplicationExclusions,
): boolean {
  if (endpoints === undefined) return !exclude.withoutEndpoints
  if (exclude.withDisabledEndpoints && endpoints.hasDisabled) return false
  return !(exclude.withPlayEndpoints && endpoints.hasPlay)
}
