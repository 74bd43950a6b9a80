import { findEndpointRate, inTransaction, type TaskRow } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { InvalidInputError } from '../errors.ts'
import { countMessages, type MessageCount } from '../task/count-messages.ts'
import { startTask } from '../task/start-task.ts'
import {
  type ReplayFilter,
  type SendingTaskType,
  storeInput,
  type TaskWindow,
} from '../task/task-input.ts'
import { getEndpointRow } from './get-endpoint.ts'
import { shareEnabledEndpoint } from './share-enabled-endpoint.ts'

const MAX_SPAN_MS = 14 * 86_400_000
const SPAN_LEEWAY_MS = 5 * 60_000

export interface ReplayInput {
  readonly type: SendingTaskType
  readonly idOrUid: string
  readonly since: Date
  /** Null: now. */
  readonly until: Date | null
  readonly filter?: ReplayFilter
}

/** Starts sending to the endpoint, once more, what its kind takes of the messages of that time. */
export async function startReplay(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
  input: ReplayInput,
): Promise<TaskRow> {
  const now = new Date(ctx.clock.nowMs())
  const { type, filter } = input
  const window = readWindow(input, now)
  return inTransaction(ctx.db, async (tx) => {
    const endpointId = await shareEnabledEndpoint(tx, scope, input.idOrUid)
    return startTask(tx, scope, { type, endpointId, input: { ...filter, ...window }, now })
  })
}

export interface ReplayEstimate extends MessageCount, TaskWindow {
  readonly ratePerSecond: number | null
  /** At the endpoint's rate; null without one. */
  readonly estimatedSeconds: number | null
}

/** What `startReplay` would do, counted up to a bound, for a disabled endpoint too. Changes nothing. */
export async function estimateReplay(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
  input: ReplayInput,
): Promise<ReplayEstimate> {
  const window = readWindow(input, new Date(ctx.clock.nowMs()))
  const { id: endpointId } = await getEndpointRow(ctx, scope, input.idOrUid)
  const { orgId, appId } = scope
  const stored = storeInput({ ...input.filter, ...window })
  const from = { type: input.type, orgId, appId, endpointId, input: stored, cursor: null }
  const counted = await inTransaction(ctx.db, (tx) => countMessages(tx, from))
  const ratePerSecond = await findEndpointRate(ctx.db.prisma, endpointId)
  const estimatedSeconds = ratePerSecond === null ? null : Math.ceil(counted.count / ratePerSecond)
  return { ...window, ...counted, ratePerSecond, estimatedSeconds }
}

export function readWindow(
  { since, until: asked }: Pick<ReplayInput, 'since' | 'until'>,
  now: Date,
): TaskWindow {
  const until = asked === null || asked > now ? now : asked
  const spanMs = until.getTime() - since.getTime()
  if (spanMs <= 0) refuse('Must come before `until`, and lie in the past.')
  if (spanMs > MAX_SPAN_MS + SPAN_LEEWAY_MS) refuse('Must be at most 14 days before `until`.')
  return { since, until }
}

function refuse(message: string): never {
  throw new InvalidInputError([{ path: ['body', 'since'], message }])
}
