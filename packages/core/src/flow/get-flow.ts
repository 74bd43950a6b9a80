import { findSource, listSources } from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'
import { openSource } from '../source/source-view.ts'
import { FLOW_TYPE } from './flow-settings.ts'
import { type FlowView, viewFlow } from './flow-view.ts'

type Reading = Pick<CoreContext, 'db' | 'vault'>

export async function getFlow(ctx: Reading, scope: OrgScope, idOrUid: string): Promise<FlowView> {
  const source = await findSource(ctx.db.prisma, scope, idOrUid)
  if (source?.type !== FLOW_TYPE) throw new NotFoundError('Flow not found')
  return viewFlow(openSource(ctx, source))
}

export async function listFlows(
  ctx: Reading,
  scope: OrgScope,
  request: PageRequest,
): Promise<Page<FlowView>> {
  const page = await listPage(request, {
    fetch: (window) => listSources(ctx.db.prisma, scope, { ...window, type: FLOW_TYPE }),
    keyOf: (source) => source.id,
  })
  return { ...page, items: page.items.map((source) => viewFlow(openSource(ctx, source))) }
}
