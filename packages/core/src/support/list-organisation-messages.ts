import {
  type Database,
  loadOrganisationMessages,
  type OrganisationMessage,
  type OrganisationMessageFilter,
  scanOrganisationMessages,
} from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import type { Page } from '../list-page.ts'
import { type IdPageInput, readIdPage } from '../message/id-page.ts'
import { NEWEST_MESSAGES } from '../message/list-messages.ts'

export interface ListOrganisationMessagesInput {
  readonly page: IdPageInput
  readonly filter: OrganisationMessageFilter
}

/** The messages of all applications, newest first. */
export async function listOrganisationMessages(
  ctx: { readonly db: Database },
  scope: OrgScope,
  { page: asked, filter }: ListOrganisationMessagesInput,
): Promise<Page<OrganisationMessage>> {
  const page = await readIdPage(NEWEST_MESSAGES, asked, (range) =>
    scanOrganisationMessages(ctx.db, scope, { filter, range }),
  )
  const ids = page.items.map((row) => row.id)
  const rows = ids.length === 0 ? [] : await loadOrganisationMessages(ctx.db, scope, ids)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return { ...page, items: ids.flatMap((id) => byId.get(id) ?? []) }
}
