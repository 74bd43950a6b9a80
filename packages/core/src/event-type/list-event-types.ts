import { type EventType, type EventTypeView, listEventTypes as listRows } from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'

/** By name. */
export function listEventTypes(
  ctx: Pick<CoreContext, 'db'>,
  scope: OrgScope,
  { page, view }: { readonly page: PageRequest; readonly view: EventTypeView },
): Promise<Page<EventType>> {
  return listPage(page, {
    fetch: (window) => listRows(ctx.db.prisma, scope, { window, view }),
    keyOf: (eventType) => eventType.name,
  })
}
