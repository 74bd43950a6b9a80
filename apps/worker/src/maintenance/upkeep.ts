import { retentionDaysInForce } from '@posthorn/core'
import {
  dropPartitions,
  ensurePartitions,
  type Database,
  foldTraffic,
  forgetExpired,
} from '@posthorn/db'
import type { Clock } from '@posthorn/runtime'

export interface UpkeepContext {
  readonly db: Database
  readonly clock: Clock
  /** As the environment says; what owners chose in the console goes before it. */
  readonly retentionDays: number
}

const DAY_MS = 86_400_000

export interface UpkeepResult {
  readonly made: string[]
  readonly dropped: string[]
}

/** Partitions ahead and behind. What is locked by somebody is tried again at the next round. */
export async function keepPartitions(ctx: UpkeepContext): Promise<UpkeepResult> {
  const days = await retentionDaysInForce(ctx.db, ctx.retentionDays)
  const client = await ctx.db.hot.connect()
  try {
    const nowMs = ctx.clock.nowMs()
    const made = await ensurePartitions(client, nowMs)
    const dropped = await dropPartitions(client, nowMs - days * DAY_MS)
    return { made, dropped }
  } finally {
    client.release()
  }
}

/** Brings the rollups up to what is recorded. */
export async function foldOnce(ctx: Pick<UpkeepContext, 'db'>): Promise<void> {
  while (await foldTraffic(ctx.db.hot));
}

/** Payloads, keys, counters and tokens past their time, a bounded number of each. Answers how many went. */
export async function forgetOnce(ctx: UpkeepContext): Promise<number> {
  const retentionDays = await retentionDaysInForce(ctx.db, ctx.retentionDays)
  return forgetExpired(ctx.db.hot, { retentionDays, nowMs: ctx.clock.nowMs() })
}
