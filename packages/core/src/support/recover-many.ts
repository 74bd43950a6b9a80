import {
  countRunningRecoveries,
  type EndpointTarget,
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
import { RefusedError } from '../errors.ts'
import { targetText } from '../task/many-progress.ts'
import { pickMessages } from '../task/pick-messages.ts'
import { type StoredInput, storeInput, type TaskWindow } from '../task/task-input.ts'
import {
  describeSelection,
  endOf,
  lowerHost,
  refuseSelection,
  type Selection,
  selectTargets,
} from './select-targets.ts'

export interface RecoverManyInput {
  readonly selection: Selection
  readonly since: Date
  /** Null: now. */
  readonly until: Date | null
  /** Absent: of any type. */
  readonly eventTypes?: readonly string[] | undefined
  /** Messages a second over all of them; null: at the endpoints' own pace. */
  readonly perSecond: number | null
}

export interface RecoverManyEstimate extends TaskWindow {
  readonly endpoints: number
  readonly applications: number
  /** With something to recover, as far as it was counted. */
  readonly affectedEndpoints: number
  readonly affectedApplications: number
  /** Left out: nothing can be sent to them. */
  readonly disabled: number
  readonly count: number
  readonly isCapped: boolean
  /** Left alone, because they are still being tried. */
  readonly retrying: number
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
  const { perSecond, eventTypes } = input
  const counted = await countLost(ctx, scope, { targets, meant: { ...window, eventTypes } })
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
  if (endpoints === 0) refuseSelection('selection', 'Names no enabled endpoint.')
  return inTransaction(ctx.db, async (tx) => {
    if ((await countRunningRecoveries(tx, scope)) >= MAX_RUNNING) {
      const message = `At most ${MAX_RUNNING} recoveries run at once: wait, or cancel some.`
      throw new RefusedError('limit_reached', message)
    }
    const { perSecond, eventTypes } = input
    const meant = storeInput({ ...window, eventTypes })
    const asked = { ...meant, perSecond, ...describeSelection(selection), endpoints }
    const isByPlace = 'host' in selection || 'appId' in selection
    const limit = scope.appIds === undefined ? {} : { appIds: [...scope.appIds] }
    const which: StoredInput = isByPlace
      ? { found: counts.endpoints, before: endOf(now) }
      : { targets: targets.map(targetText) }
    const row = await insertTask(tx, {
      id: newId('qtask_', now.getTime()),
      orgId: scope.orgId,
      appId: null,
      endpointId: null,
      type: 'endpoint.recover',
      input: { ...asked, ...limit, ...which },
      actor: actorText(scope.actor),
      createdAt: now,
    })
    const changes = diffChanges({}, { ...asked, ...limit })
    await recordAudit(tx, scope, { action: 'endpoint.recover_many', target: row.id, changes })
    return row
  })
}

interface Counting {
  readonly targets: readonly EndpointTarget[]
  readonly meant: TaskWindow & Pick<RecoverManyInput, 'eventTypes'>
}

type Lost = Omit<
  RecoverManyEstimate,
  keyof TaskWindow | 'endpoints' | 'applications' | 'disabled' | 'estimatedSeconds'
>

async function countLost(
  { db }: Context,
  { orgId }: OrgScope,
  { targets, meant }: Counting,
): Promise<Lost> {
  const input = storeInput(meant)
  const perEndpoint: EndpointEstimate[] = []
  let [count, retrying, isCapped] = [0, 0, false]
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
    retrying += picked.retrying
    isCapped ||= !picked.isLast
    if (count >= COUNT_AT_MOST) {
      isCapped = true
      break
    }
  }
  const shown = perEndpoint.toSorted((a, b) => b.count - a.count).slice(0, SHOWN_AT_MOST)
  return {
    affectedEndpoints: perEndpoint.length,
    affectedApplications: new Set(perEndpoint.map(({ appId }) => appId)).size,
    count: Math.min(count, COUNT_AT_MOST),
    isCapped,
    retrying,
    perEndpoint: shown,
  }
}
