import { type EndpointTarget, findTargetsById } from '@posthorn/db'
import { findDisabledTargets } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import type { EndpointContext } from '../endpoint/endpoint-view.ts'
import { patchEndpoint } from '../endpoint/update-endpoint.ts'
import { NotFoundError } from '../errors.ts'

export type EnableSelection =
  /** Of it those that were disabled by themselves in the last week: what a hand disabled stays so. */
  { readonly host: string } | { readonly endpointIds: readonly string[] }

type Target = Pick<EndpointTarget, 'id' | 'appId' | 'disabled'>

export interface Enabled {
  readonly enabled: number
  /** Whether the same call would enable more. */
  readonly hasMore: boolean
}

/** Of one call. */
export const ENABLED_AT_MOST = 200

/** Each as by a change of its own: with its audit row, its event, and its failures forgotten. */
export async function enableMany(
  ctx: EndpointContext,
  scope: OrgScope,
  selection: EnableSelection,
): Promise<Enabled> {
  const found = await findSelected(ctx, scope, selection)
  let enabled = 0
  for (const target of found.slice(0, ENABLED_AT_MOST)) {
    if (target.disabled && (await enableOne(ctx, scope, target))) enabled++
  }
  return { enabled, hasMore: found.length > ENABLED_AT_MOST }
}

function findSelected(
  { db }: EndpointContext,
  scope: OrgScope,
  selection: EnableSelection,
): Promise<Target[]> {
  if ('endpointIds' in selection)
    return findTargetsById(db.prisma, scope, [...new Set(selection.endpointIds)])
  const take = ENABLED_AT_MOST + 1
  return findDisabledTargets(db.prisma, scope, { host: selection.host, take })
}

/** False: it was deleted meanwhile. */
async function enableOne(
  ctx: EndpointContext,
  scope: OrgScope,
  { id, appId }: Target,
): Promise<boolean> {
  try {
    await patchEndpoint(ctx, { ...scope, appId }, { idOrUid: id, fields: { disabled: false } })
    return true
  } catch (err) {
    if (err instanceof NotFoundError) return false
    throw err
  }
}
