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
}

/** Enabled ones; of a host or an application at most as many as a dry run looks at. */
interface Targets {
  readonly targets: readonly EndpointTarget[]
  /** For `findMoreTargets`; null: there are no more. */
  readonly next: PlaceLook | null
}

interface PlaceLook {
  readonly of: TargetPlace
  readonly after: string | null
  readonly before: string
}

export interface Selected extends Targets {
  readonly isPart: boolean
  readonly counts: TargetCounts
}

/** @throws {InvalidInputError} more than a task takes, or one that is not there */
export async function selectTargets(
  ctx: Context,
  scope: OrgScope,
  { selection, now }: TargetsAsked,
): Promise<Selected> {
  if ('host' in selection || 'appId' in selection)
    return selectByPlace(ctx, scope, { of: selection, after: null, before: endOf(now) })
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

async function selectByPlace(ctx: Context, scope: OrgScope, look: PlaceLook): Promise<Selected> {
  const counts = await countTargets(ctx.db.prisma, scope, {
    of: look.of,
    countAtMost: MAX_OF_PLACE + 1,
  })
  if (counts.endpoints > MAX_OF_PLACE)
    refuseSelection('selection', `Names more than ${MAX_OF_PLACE} endpoints: narrow it.`)
  const found = await findTargetsAt(ctx.db.prisma, scope, { ...look, take: MAX_NAMED })
  return { ...targetsOf(found, look), isPart: counts.endpoints > found.length, counts }
}

/** Where a look before ended; what is counted was counted then. */
export async function findMoreTargets(
  { db }: Context,
  scope: OrgScope,
  look: PlaceLook,
): Promise<Targets> {
  return targetsOf(await findTargetsAt(db.prisma, scope, { ...look, take: MAX_NAMED }), look)
}

function targetsOf(found: readonly EndpointTarget[], look: PlaceLook): Targets {
  const last = found.length < MAX_NAMED ? undefined : found.at(-1)
  const targets = found.filter((target) => !target.disabled)
  return { targets, next: last === undefined ? null : { ...look, after: last.id } }
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
