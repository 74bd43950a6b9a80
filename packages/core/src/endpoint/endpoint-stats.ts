import { countCanceled, countUnsettled, sumAttempts } from '@posthorn/db'
import { firstIdAt } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { RefusedError } from '../errors.ts'
import { getEndpointRow } from './get-endpoint.ts'

export interface EndpointStats {
  readonly success: number
  readonly fail: number
  readonly pending: number
  readonly sending: number
  readonly canceled: number
}

const DAY_MS = 86_400_000
const DEFAULT_SPAN_MS = 28 * DAY_MS
const SPAN_LEEWAY_MS = 5 * 60_000
/** For callers whose clock runs ahead of ours. */
const FUTURE_LEEWAY_MS = 5_000
const COUNT_AT_MOST = 10_000
const SCAN_AT_MOST = 20_000

/** Attempts between the two moments, to the hour; what is unsettled or canceled of the messages of that time. */
export async function getEndpointStats(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
  input: {
    readonly idOrUid: string
    readonly since?: Date | undefined
    readonly until?: Date | undefined
  },
): Promise<EndpointStats> {
  const { id: endpointId } = await getEndpointRow(ctx, scope, input.idOrUid)
  const window = statsWindow(input, ctx.clock.nowMs())
  const attempts = await sumAttempts(ctx.db.prisma, { endpointId, ...window })
  const messages = {
    endpointId,
    fromMessageId: firstIdAt('msg_', window.since.getTime()),
    toMessageId: firstIdAt('msg_', window.until.getTime()),
  }
  const { prisma } = ctx.db
  const unsettled = await countUnsettled(prisma, { ...messages, countAtMost: COUNT_AT_MOST })
  const canceled = await countCanceled(prisma, { ...messages, scanAtMost: SCAN_AT_MOST })
  return { ...attempts, ...unsettled, canceled }
}

interface Window {
  readonly since: Date
  readonly until: Date
}

export function statsWindow(
  { since, until }: { readonly since?: Date | undefined; readonly until?: Date | undefined },
  nowMs: number,
): Window {
  // Exclusive, so what happens in this very moment is still in it.
  const end = until ?? new Date(nowMs + 1000)
  const start = since ?? new Date(end.getTime() - DEFAULT_SPAN_MS)
  if (end.getTime() > nowMs + FUTURE_LEEWAY_MS) refuse('`until` lies in the future.')
  if (start >= end) refuse('`since` must come before `until`.')
  if (end.getTime() - start.getTime() > DEFAULT_SPAN_MS + SPAN_LEEWAY_MS) {
    refuse('`since` and `until` may be at most 28 days apart.')
  }
  return { since: start, until: end }
}

function refuse(message: string): never {
  throw new RefusedError('invalid_range', message)
}
