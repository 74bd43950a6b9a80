import { listWarnedEndpoints as listRows } from '@posthorn/db/endpoint-care'
import type { AppScope } from '../actor.ts'
import type { Disabler } from '../endpoint/disabler.ts'
import { DISABLED_SOON_SHARE, FAILURES_TO_DISABLE } from '../endpoint/endpoint-health.ts'
import type { EndpointView, EndpointViewContext } from '../endpoint/endpoint-view.ts'
import { viewInOrder } from './view-in-order.ts'

const AT_MOST = 5
const LATELY_DAYS = 7
const BY_US: Disabler = 'automatic'

export interface WarnedEndpoints {
  /** Disabled soon, the soonest first; then those that were disabled automatically of late. */
  readonly items: readonly EndpointView[]
  readonly hasMore: boolean
}

export async function listWarnedEndpoints(
  ctx: EndpointViewContext,
  scope: AppScope,
): Promise<WarnedEndpoints> {
  const found = await listRows(ctx.db.prisma, scope, {
    disabledBy: BY_US,
    withinDays: LATELY_DAYS,
    failingSeconds: ctx.disableAfterSeconds * DISABLED_SOON_SHARE,
    failures: FAILURES_TO_DISABLE,
    take: AT_MOST + 1,
  })
  const items = await viewInOrder(ctx, scope, found.slice(0, AT_MOST))
  return { items, hasMore: found.length > AT_MOST }
}
