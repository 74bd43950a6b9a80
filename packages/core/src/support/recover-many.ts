import {
  countRunningRecoveries,
  countTargets,
  type EndpointTarget,
  findFailingEndpoints,
  findTargetsAt,
  findTargetsById,
  insertTask,
  inTransaction,
  preferIndexes,
  type TargetCounts,
  type TargetPlace,
  type TaskRow,
} from '@posthorn/db'
import { firstIdAt, newId } from '@posthorn/runtime'
import { actorText, type OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { readWindow } from '../endpoint/replay-endpoint.ts'
import { InvalidInputError, RefusedError } from '../errors.ts'
import { targetText } from '../task/many-progress.ts'
import { pickMessages } from '../task/pick-messages.ts'
import { type StoredInput, storeInput, type TaskWindow } from '../task/task-input.ts'

export type Selection =
  | TargetPlace
  | { readonly endpointIds: readonly string[] }
  | { readonly failing: true }

export interface RecoverManyInput {
  readonly selection: Selection
  readonly since: Date
  /** Null: now. */
  readonly until: Date | null
  /** Messages a second over all of them; null: at the endpoints' own pace. */
  readonly perSecond: number | null
}

export interface RecoverManyEstimate extends TaskWindow {
  readonly endpoints: number
  readonly applications: number
  /** Left out: nothing can be sent to them. */
  readonly disabled: number
  readonly count: number
  readonly isCapped: boolean
  readonly estimatedSeconds: number | null
  /** Those with something to recover, the most first. */
  readonly perEndpoint: readonly EndpointEstimate[]
}

export interface EndpointEstimate {
  readonly endpointId: string
  readonly appId: string
  readonly appName: string
  readonly url: string
  readonly count: number
}

type Context = Pick<CoreContext, 'db' | 'clock'>

/** As many as a task keeps by name, and a dry run looks at. */
const MAX_NAMED = 1_000
const MAX_OF_PLACE = 20_000
const MAX_RUNNING = 10
const COUNT_AT_MOST = 10_000
const ROWS_OF_ONE = 2_000
const SHOWN_AT_MOST = 100

/** What `recoverMany` would do, counted up to a bound. Changes nothing. */
export async function estimateRecoverMany(
  ctx: Context,
  scope: OrgScope,
  input: RecoverManyInput,
): Promise<RecoverManyEstimate> {
  const now = new Date(ctx.clock.nowMs())
  const window = readWindow(input, now)
  const selection = lowerHost(input.selection)
  const { targets, isPart, counts } = await selectTargets(ctx, scope, { selection, now })
  const counted = await countLost(ctx, scope, { targets, window })
  const { perSecond } = input
  return {
    ...window,
    endpoints: counts.endpoints - counts.disabled,
    applications: counts.applications,
    disabled: counts.disabled,
    ...counted,
    isCapped: counted.isCapped || isPart,
    estimatedSeconds: perSecond === null ? null : Math.ceil(counted.count / perSecond),
  }
}

/** One task over all that the selection names now: what joins them later is not of it. */
export async function recoverMany(
  ctx: Context,
  scope: OrgScope,
  input: RecoverManyInput,
): Promise<TaskRow> {
  const now = new Date(ctx.clock.nowMs())
  const window = readWindow(input, now)
  const selection = lowerHost(input.selection)
  const { targets, counts } = await selectTargets(ctx, scope, { selection, now })
  const endpoints = counts.endpoints - counts.disabled
  if (endpoints === 0) refuse('selection', 'Names no enabled endpoint.')
  return inTransaction(ctx.db, async (tx) => {
    if ((await countRunningRecoveries(tx, scope)) >= MAX_RUNNING) {
      const message = `At most ${MAX_RUNNING} recoveries run at once: wait, or cancel some.`
      throw new RefusedError('limit_reached', message)
    }
    const { perSecond } = input
    const asked = { ...storeInput(window), perSecond, ...described(selection), endpoints }
    const isByPlace = 'host' in selection || 'appId' in selection
    const which: StoredInput = isByPlace
      ? { found: counts.endpoints, before: endOf(now) }
      : { targets: targets.map(targetText) }
    const row = await insertTask(tx, {
      id: newId('qtask_', now.getTime()),
      orgId: scope.orgId,
      appId: null,
      endpointId: null,
      type: 'endpoint.recover',
      input: { ...asked, ...which },
      actor: actorText(scope.actor),
      createdAt: now,
    })
    const changes = diffChanges({}, asked)
    await recordAudit(tx, scope, { action: 'endpoint.recover_many', target: row.id, changes })
    return row
  })
}

/** As it is stored of an endpoint. */
function lowerHost(selection: Selection): Selection {
  return 'host' in selection ? { host: selection.host.toLowerCase() } : selection
}

function described(selection: Selection): { selection: string } {
  if ('host' in selection) return { selection: `host:${selection.host}` }
  if ('appId' in selection) return { selection: `application:${selection.appId}` }
  return { selection: 'failing' in selection ? 'failing' : 'endpoints' }
}

interface Selected {
  /** Enabled ones; of a host or an application at most as many as a dry run looks at. */
  readonly targets: readonly EndpointTarget[]
  readonly isPart: boolean
  readonly counts: TargetCounts
}

async function selectTargets(
  ctx: Context,
  scope: OrgScope,
  { selection, now }: { readonly selection: Selection; readonly now: Date },
): Promise<Selected> {
  if ('host' in selection || 'appId' in selection)
    return selectByPlace(ctx, scope, { of: selection, now })
  const found = await findNamed(ctx, scope, selection)
  if (found.length > MAX_NAMED)
    refuse('selection', `Names more than ${MAX_NAMED} endpoints: narrow it.`)
  const targets = found.filter((target) => !target.disabled)
  const applications = new Set(targets.map((target) => target.appId)).size
  const disabled = found.length - targets.length
  return { targets, isPart: false, counts: { endpoints: found.length, disabled, applications } }
}

async function selectByPlace(
  { db }: Context,
  scope: OrgScope,
  { of, now }: { readonly of: TargetPlace; readonly now: Date },
): Promise<Selected> {
  const counts = await countTargets(db.prisma, scope, { of, countAtMost: MAX_OF_PLACE + 1 })
  if (counts.endpoints > MAX_OF_PLACE)
    refuse('selection', `Names more than ${MAX_OF_PLACE} endpoints: narrow it.`)
  const window = { after: null, before: endOf(now), take: MAX_NAMED }
  const found = await findTargetsAt(db.prisma, scope, { of, ...window })
  const targets = found.filter((target) => !target.disabled)
  return { targets, isPart: counts.endpoints > found.length, counts }
}

// An id has the time of the process that made it, and ours may be behind.
function endOf(now: Date): string {
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
    if (found.length < ids.length) refuse('endpointIds', 'Names an endpoint that is not there.')
    return found
  }
  const failing = await findFailingEndpoints(db.prisma, scope, MAX_NAMED + 1)
  return findTargetsById(
    db.prisma,
    scope,
    failing.map((endpoint) => endpoint.id),
  )
}

interface Counting {
  readonly targets: readonly EndpointTarget[]
  readonly window: TaskWindow
}

async function countLost(
  { db }: Context,
  { orgId }: OrgScope,
  { targets, window }: Counting,
): Promise<Pick<RecoverManyEstimate, 'count' | 'isCapped' | 'perEndpoint'>> {
  const input = storeInput(window)
  const perEndpoint: EndpointEstimate[] = []
  let [count, isCapped] = [0, false]
  for (const { id: endpointId, appId, appName, url } of targets) {
    const from = {
      type: 'endpoint.recover',
      orgId,
      appId,
      endpointId,
      input,
      cursor: null,
    } as const
    const picked = await inTransaction(db, async (tx) => {
      await preferIndexes(tx)
      return pickMessages(tx, from, ROWS_OF_ONE)
    })
    const found = picked.messageIds.length
    if (found > 0) perEndpoint.push({ endpointId, appId, appName, url, count: found })
    count += found
    isCapped ||= !picked.isLast
    if (count >= COUNT_AT_MOST) {
      isCapped = true
      break
    }
  }
  const shown = perEndpoint.toSorted((a, b) => b.count - a.count).slice(0, SHOWN_AT_MOST)
  return { count: Math.min(count, COUNT_AT_MOST), isCapped, perEndpoint: shown }
}

function refuse(field: string, message: string): never {
  throw new InvalidInputError([{ path: ['body', field], message }])
}
