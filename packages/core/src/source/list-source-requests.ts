import {
  findQuarantined,
  findSource,
  findSourceRequest,
  listQuarantined as listQuarantinedRows,
  listSourceRequests as listRows,
  type QuarantinedRow,
  type SourceRequestRow,
} from '@posthorn/db'
import type { SourceScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { listPage, listScannedPage, type Page, type PageRequest } from '../list-page.ts'

type Reading = Pick<CoreContext, 'db'>

interface RequestsOf {
  readonly source: string
  readonly page: PageRequest
  /** Null: all. */
  readonly outcome: string | null
}

const SCAN_LIMIT = 1_000

/** What came to a source, the newest first by default. */
export async function listSourceRequests(
  ctx: Reading,
  scope: SourceScope,
  { source, page, outcome }: RequestsOf,
): Promise<Page<SourceRequestRow>> {
  const sourceId = await getSourceId(ctx, scope, source)
  const rows = {
    fetch: (window: Parameters<typeof listRows>[2]) =>
      listRows(ctx.db.prisma, { sourceId }, window),
    keyOf: (row: SourceRequestRow) => row.id,
  }
  if (outcome === null) return listPage(page, rows)
  const keep = (found: readonly SourceRequestRow[]) =>
    Promise.resolve(found.filter((row) => row.outcome === outcome))
  return listScannedPage(page, { ...rows, scanLimit: SCAN_LIMIT, keep })
}

export async function getSourceRequest(
  ctx: Reading,
  scope: SourceScope,
  { source, id }: { readonly source: string; readonly id: string },
): Promise<SourceRequestRow> {
  const sourceId = await getSourceId(ctx, scope, source)
  const row = await findSourceRequest(ctx.db.prisma, { sourceId }, id)
  if (row === null) throw new NotFoundError()
  return row
}

export type QuarantinedView = Omit<QuarantinedRow, 'body'>

/** Requests that failed verification and are still kept. */
export async function listQuarantinedRequests(
  ctx: Reading,
  scope: SourceScope,
  { source, page }: Omit<RequestsOf, 'outcome'>,
): Promise<Page<QuarantinedView>> {
  const sourceId = await getSourceId(ctx, scope, source)
  return listPage(page, {
    fetch: (window) => listQuarantinedRows(ctx.db.prisma, { sourceId }, window),
    keyOf: (row) => row.id,
  })
}

/** One of them with its body. */
export async function getQuarantinedRequest(
  ctx: Reading,
  scope: SourceScope,
  { source, id }: { readonly source: string; readonly id: string },
): Promise<QuarantinedRow> {
  const sourceId = await getSourceId(ctx, scope, source)
  const row = await findQuarantined(ctx.db.prisma, { sourceId }, id)
  if (row === null) throw new NotFoundError()
  return row
}

async function getSourceId(ctx: Reading, scope: SourceScope, idOrUid: string): Promise<string> {
  const source = await findSource(ctx.db.prisma, scope, idOrUid)
  if (source === null) throw new NotFoundError()
  return source.id
}
