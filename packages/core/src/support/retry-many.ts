import { afterCommit, findRetryingEndpoints } from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import { readWindow } from '../endpoint/replay-endpoint.ts'
import {
  makeRetriesDue,
  type Retried,
  RETRIED_AT_MOST,
  type RetryEndpointContext,
} from '../endpoint/retry-endpoint.ts'
import { findMoreTargets, lowerHost, type Selection, selectTargets } from './select-targets.ts'

export interface RetryManyInput {
  readonly selection: Selection
  readonly since: Date
  /** Null: now. */
  readonly until: Date | null
  /** Absent: of any type. */
  readonly eventTypes?: readonly string[] | undefined
}

/** As `retryEndpoint`, over all that the selection names: one by one, so that no lock is held long. */
export async function retryMany(
  ctx: RetryEndpointContext,
  scope: OrgScope,
  input: RetryManyInput,
): Promise<Retried> {
  const now = new Date(ctx.clock.nowMs())
  const window = readWindow(input, now)
  const { eventTypes } = input
  const selection = lowerHost(input.selection)
  let count = 0
  let { targets, next } = await selectTargets(ctx, scope, { selection, now })
  for (;;) {
    const retrying = await findRetryingEndpoints(
      ctx.db,
      targets.map(({ id }) => id),
    )
    for (const { id: endpointId, appId } of targets) {
      const limit = RETRIED_AT_MOST - count
      if (limit === 0) break
      if (!retrying.has(endpointId)) continue
      count += await makeRetriesDue(
        ctx,
        { ...scope, appId },
        { endpointId, window, eventTypes, limit },
      )
    }
    if (next === null || count === RETRIED_AT_MOST) break
    ;({ targets, next } = await findMoreTargets(ctx, scope, next))
  }
  afterCommit(ctx.db, () => ctx.nudge?.())
  return { count, isCapped: count === RETRIED_AT_MOST }
}
