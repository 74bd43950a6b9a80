import { listTrafficKeys, readTraffic, type TrafficKind } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { countTraffic, type TrafficCount } from './traffic-count.ts'
import { type AskedTime, trafficWindow, type TrafficWindow } from './traffic-period.ts'

export interface TrafficOf extends TrafficCount {
  /** An endpoint's id, or an event type's name. */
  readonly key: string
}

export interface TrafficPage {
  readonly window: TrafficWindow
  readonly items: readonly TrafficOf[]
  readonly iterator: string | null
  readonly done: boolean
}

/** Endpoints (deleted ones too) or event types that had attempts in the last weeks, each with its sums of the period. */
export async function listTraffic(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
  input: AskedTime & {
    readonly kind: Exclude<TrafficKind, 'application'>
    readonly limit: number
    readonly iterator?: string | undefined
  },
): Promise<TrafficPage> {
  const { kind, limit } = input
  const { appId } = scope
  const window = trafficWindow(input, ctx.clock.nowMs())
  const { prisma } = ctx.db
  const after = input.iterator ?? ''
  const found = await listTrafficKeys(prisma, { appId, kind, after, take: limit + 1 })
  const keys = found.slice(0, limit)
  const { sumSpan: span, since, until } = window
  const rows =
    keys.length === 0 ? [] : await readTraffic(prisma, { appId, kind, keys, span, since, until })
  const byKey = Map.groupBy(rows, (row) => row.key)
  return {
    window,
    items: keys.map((key) => ({ key, ...countTraffic(byKey.get(key) ?? []) })),
    iterator: keys.at(-1) ?? null,
    done: found.length <= limit,
  }
}
