import {
  countRunningRecoveries,
  type EndpointTarget,
  findFailingEndpoints,
  findTargetsByApplication,
  findTargetsByHost,
  findTargetsById,
  insertTask,
  inTransaction,
  preferIndexes,
  type TaskRow,
} from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import { actorText, type OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { readWindow } from '../endpoint/replay-endpoint.ts'
import { InvalidInputError, RefusedError } from '../errors.ts'
import { pickMessages } from '../task/pick-messages.ts'
import { targetText } from '../task/send-many-slice.ts'
import { storeInput, type TaskWindow } from '../task/task-input.ts'

export type Selection =
  | { readonly host: string }
  | { readonly appId: string }
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

const MAX_RECOVERED_ENDPOINTS = 1_000
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
  const window = readWindow(input, new Date(ctx.clock.nowMs()))
  const { targets, disabled } = await selectTargets(ctx, scope, input.selection)
  const counted = await countTargets(ctx, scope, { targets, window })
  const { perSecond } = input
  return {
    ...window,
    endpoints: targets.length,
    applications: new Set(targets.map((target) => target.appId)).size,
    disabled,
    ...counted,
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
  const { targets } = await selectTargets(ctx, scope, input.selection)
  if (targets.length === 0) refuse('selection', 'Names no enabled endpoint.')
  return inTransaction(ctx.db, async (tx) => {
    if ((await countRunningRecoveries(tx, scope)) >= MAX_RUNNING) {
      const message = `At most ${MAX_RUNNING} recoveries run at once: wait, or cancel some.`
      throw new RefusedError('limit_reached', message)
    }
    const asked = { ...storeInput(window), perSecond: input.perSecond, ...described(input) }
    const row = await insertTask(tx, {
      id: newId('qtask_', now.getTime()),
      orgId: scope.orgId,
      appId: null,
      endpointId: null,
      type: 'endpoint.recover',
      input: { ...asked, targets: targets.map(targetText) },
      actor: actorText(scope.actor),
      createdAt: now,
    })
    const changes = diffChanges({}, { ...asked, endpoints: targets.length })
    await recordAudit(tx, scope, { action: 'endpoint.recover_many', target: row.id, changes })
    return row
  })
}

function described({ selection }: RecoverManyInput): { selection: string } {
  if ('host' in selection) return { selection: `host:${selection.host}` }
  if ('appId' in selection) return { selection: `application:${selection.appId}` }
  return { selection: 'failing' in selection ? 'failing' : 'endpoints' }
}

async function selectTargets(
  ctx: Context,
  scope: OrgScope,
  selection: Selection,
): Promise<{ targets: EndpointTarget[]; disabled: number }> {
  const found = await findTargets(ctx, scope, selection)
  if (found.length > MAX_RECOVERED_ENDPOINTS) {
    refuse('selection', `Names more than ${MAX_RECOVERED_ENDPOINTS} endpoints: narrow it.`)
  }
  const targets = found.filter((target) => !target.disabled)
  return { targets, disabled: found.length - targets.length }
}

async function findTargets(
  { db }: Context,
  scope: OrgScope,
  selection: Selection,
): Promise<EndpointTarget[]> {
  const take = MAX_RECOVERED_ENDPOINTS + 1
  if ('host' in selection) {
    return findTargetsByHost(db.prisma, scope, { host: selection.host.toLowerCase(), take })
  }
  if ('appId' in selection)
    return findTargetsByApplication(db.prisma, scope, { appId: selection.appId, take })
  if ('endpointIds' in selection) {
    const ids = [...new Set(selection.endpointIds)]
    const found = await findTargetsById(db.prisma, scope, ids)
    if (found.length < ids.length) refuse('endpointIds', 'Names an endpoint that is not there.')
    return found
  }
  const failing = await findFailingEndpoints(db.prisma, scope, take)
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

async function countTargets(
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
