import { findOutageMembers } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import type { EndpointViewContext } from '../endpoint/endpoint-view.ts'
import { type BoardEndpoint, viewTroubled } from './health-board.ts'

export interface OutageInput {
  readonly host: string
  readonly limit: number
}

export interface OutageEndpoints {
  readonly items: readonly BoardEndpoint[]
  readonly isPart: boolean
}

/** Who is behind an outage: the endpoints of a host that fail, or were disabled for it. */
export async function listOutageEndpoints(
  ctx: EndpointViewContext,
  scope: OrgScope,
  { host, limit }: OutageInput,
): Promise<OutageEndpoints> {
  const members = await findOutageMembers(ctx.db.prisma, scope, { host, take: limit + 1 })
  const shown = members.slice(0, limit)
  return { items: await viewTroubled(ctx, scope, shown), isPart: members.length > limit }
}
