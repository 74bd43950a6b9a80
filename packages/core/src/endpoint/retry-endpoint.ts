import { afterCommit, inTransaction, retryEndpointNow } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { remainingMessages, storeInput, type TaskWindow } from '../task/task-input.ts'
import { getEndpointRow } from './get-endpoint.ts'
import { readWindow } from './replay-endpoint.ts'

/** At once: whoever waits for more asks again. */
export const RETRIED_AT_MOST = 10_000

export interface RetryEndpointContext extends Pick<CoreContext, 'db' | 'clock'> {
  /** Lets the dispatcher look at once; without it the next sweep does. */
  readonly nudge?: (() => void) | undefined
}

export interface RetryEndpointInput {
  readonly idOrUid: string
  readonly since: Date
  /** Null: now. */
  readonly until: Date | null
}

export interface Retried {
  readonly count: number
  /** There may be more. */
  readonly isCapped: boolean
}

/**
 * What waits for its next attempt is tried now instead of at its time, once whoever receives it has mended what
 * failed. As `retryNow` of one delivery: should it fail, its schedule goes on from there.
 */
export async function retryEndpoint(
  ctx: RetryEndpointContext,
  scope: AppScope,
  input: RetryEndpointInput,
): Promise<Retried> {
  const window = readWindow(input, new Date(ctx.clock.nowMs()))
  const { id: endpointId } = await getEndpointRow(ctx, scope, input.idOrUid)
  const count = await makeRetriesDue(ctx, scope, { endpointId, window, limit: RETRIED_AT_MOST })
  afterCommit(ctx.db, () => ctx.nudge?.())
  return { count, isCapped: count === RETRIED_AT_MOST }
}

export interface RetriesOf {
  readonly endpointId: string
  readonly window: TaskWindow
  /** Absent: of any type. */
  readonly eventTypes?: readonly string[] | undefined
  readonly limit: number
}

/** Answers how many; where there was none, nothing was changed and nothing is recorded. */
export function makeRetriesDue(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  { endpointId, window, eventTypes, limit }: RetriesOf,
): Promise<number> {
  const input = storeInput({ ...window, eventTypes })
  const range = remainingMessages({ input, cursor: null })
  return inTransaction(ctx.db, async (tx) => {
    const of = { appId: scope.appId, endpointId, eventTypes: eventTypes ?? [] }
    const retried = await retryEndpointNow(tx, { ...of, ...range, limit })
    const changes = diffChanges({}, { ...input, retried })
    if (retried > 0)
      await recordAudit(tx, scope, { action: 'endpoint.retry_now', target: endpointId, changes })
    return retried
  })
}
