import { type AuditRow, findOrganisation, listAuditRecords } from '@posthorn/db'
import { listUserNames } from '@posthorn/db/staff'
import { firstIdAt } from '@posthorn/runtime'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { listPage, listScannedPage, type Page, type PageRequest } from '../list-page.ts'

export interface AuditFilter {
  readonly actor?: string | undefined
  readonly action?: string | undefined
  readonly target?: string | undefined
  readonly appId?: string | undefined
  readonly before?: Date | undefined
  readonly after?: Date | undefined
}

export interface ListedAudit {
  readonly record: AuditRow
  /** Of a user; null for all others. */
  readonly actorName: string | null
  /** It is about an operational webhook, or what is sent to one. */
  readonly isOperational: boolean
}

const SCAN_LIMIT = 2_000

/** Newest first. The span is a range of ids; what else is filtered reads a bounded number of rows a page. */
export async function listAudit(
  ctx: Pick<CoreContext, 'db'>,
  scope: OrgScope,
  { page, filter }: { readonly page: PageRequest; readonly filter: AuditFilter },
): Promise<Page<ListedAudit>> {
  const range = {
    from: filter.after === undefined ? null : firstIdAt('audit_', filter.after.getTime()),
    to: filter.before === undefined ? null : firstIdAt('audit_', filter.before.getTime()),
  }
  const source = {
    fetch: (window: Parameters<typeof listAuditRecords>[2]['window']) =>
      listAuditRecords(ctx.db.prisma, scope, { window, range }),
    keyOf: (record: AuditRow) => record.id,
  }
  const keep = async (rows: readonly AuditRow[]) => rows.filter((row) => matches(row, filter))
  const found = isFiltered(filter)
    ? await listScannedPage(page, { ...source, scanLimit: SCAN_LIMIT, keep })
    : await listPage(page, source)
  return { ...found, items: await describe(ctx, scope, found.items) }
}

function isFiltered({ actor, action, target, appId }: AuditFilter): boolean {
  return [actor, action, target, appId].some((value) => value !== undefined)
}

function matches(row: AuditRow, { actor, action, target, appId }: AuditFilter): boolean {
  return (
    (actor === undefined || row.actor === actor) &&
    (action === undefined || row.action === action || row.action.startsWith(`${action}.`)) &&
    (target === undefined || row.target === target) &&
    (appId === undefined || row.appId === appId)
  )
}

const USER = 'user:'

async function describe(
  ctx: Pick<CoreContext, 'db'>,
  { orgId }: OrgScope,
  records: readonly AuditRow[],
): Promise<ListedAudit[]> {
  const ids = records.flatMap(({ actor }) =>
    actor.startsWith(USER) ? [actor.slice(USER.length)] : [],
  )
  const names = await listUserNames(ctx.db.prisma, [...new Set(ids)])
  const operationalAppId = (await findOrganisation(ctx.db.prisma, orgId))?.operationalAppId
  return records.map((record) => ({
    record,
    actorName: names.get(record.actor.slice(USER.length)) ?? null,
    isOperational: record.appId !== null && record.appId === operationalAppId,
  }))
}
