import {
  countTargets,
  type EndpointTarget,
  findFailingEndpoints,
  findTargetsAt,
  findTargetsById,
  type TargetCounts,
  type TargetPlace,
} from '@posthorn/db'
import { firstIdAt } from '@posthorn/runtime'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { InvalidInputError } from '../errors.ts'

export type Selection =
  | TargetPlace
  | { readonly endpointIds: readonly string[] }
  | { readonly failing: true }

type Context = Pick<CoreContext, 'db'>

/** As many as a task keeps by name, and a dry run looks at. */
const MAX_NAMED = 1_000
const MAX_OF_PLACE = 20_000

/** As it is stored of an endpoint. */
export function lowerHost(selection: Selection): Selection {
  return 'host' in selection ? { host: selection.host.toLowerCase() } : selection
}

/** As a task and an audit record tell it. */
export function describeSelection(selection: Selection): { selection: string } {
  if ('host' in selection) return { selection: `host:${selection.host}` }
  if ('appId' in selection) return { selection: `application:${selection.appId}` }
  return { selection: 'failing' in selection ? 'failing' : 'endpoints' }
}

interface TargetsAsked {
  readonly selection: Selection
  readonly now: Date
  /** Where a look before this one ended. */
  readonly after?: string | null
}

export interface Selected {
  /** Enabled ones; of a host or an application at most as many as a dry run looks at. */
  readonly targets: readonly EndpointTarget[]
  readonly isPart: boolean
  /** Of a host or an application: after which endpoint the next look goes on; null: there is none. */
  readonly next: string | null
  readonly counts: TargetCounts
}

/** @throws {InvalidInputError} more than a task takes, or one that is not there */
export async function selectTargets(
  ctx: Context,
  scope: OrgScope,
  { selection, now, after = null }: TargetsAsked,
): Promise<Selected> {
  if ('host' in selection || 'appId' in selection)
    return selectByPlace(ctx, scope, { of: selection, now, after })
  const found = await findNamed(ctx, scope, selection)
  if (found.length > MAX_NAMED)
    refuseSelection('selection', `Names more than ${MAX_NAMED} endpoints: narrow it.`)
  const targets = found.filter((target) => !target.disabled)
  const applications = new Set(targets.map((target) => target.appId)).size
  const disabled = found.length - targets.length
  return {
    targets,
    isPart: false,
    next: null,
    counts: { endpoints: found.length, disabled, applications },
  }
}

async function selectByPlace(
  { db }: Context,
  scope: OrgScope,
  { of, now, after }: Required<Omit<TargetsAsked, 'selection'>> & { readonly of: TargetPlace },
): Promise<Selected> {
  const counts = await countTargets(db.prisma, scope, { of, countAtMost: MAX_OF_PLACE + 1 })
  if (counts.endpoints > MAX_OF_PLACE)
    refuseSelection('selection', `Names more than ${MAX_OF_PLACE} endpoints: narrow it.`)
  const window = { after, before: endOf(now), take: MAX_NAMED }
  const found = await findTargetsAt(db.prisma, scope, { of, ...window })
  const targets = found.filter((target) => !target.disabled)
  const next = found.length < MAX_NAMED ? null : (found.at(-1)?.id ?? null)
  return { targets, isPart: counts.endpoints > found.length, next, counts }
}

// An id has the time of the process that made it, and ours may be behind.
export function endOf(now: Date): string {
  return firstIdAt('ep_', now.getTime() + 1_000)
}

async function findNamed(
  { db }: Context,
  scope: OrgScope,
  selection: Exclude<Selection, TargetPlace>,
): Promise<EndpointTarget[]> {
  if ('endpointIds' in selection) {
    const ids = [...new Set(selection.endpointIds)]
    const found = await findTargetsById(db.prisma, scope, ids)
    if (found.length < ids.length)
      refuseSelection('endpointIds', 'Names an endpoint that is not there.')
    return found
  }
  const failing = await findFailingEndpoints(db.prisma, scope, MAX_NAMED + 1)
  return findTargetsById(
    db.prisma,
    scope,
    failing.map((endpoint) => endpoint.id),
  )
}

export function refuseSelection(field: string, message: string): never {
  throw new InvalidInputError([{ path: ['body', field], message }])
}
