import { readTraffic, type TrafficKind, type TrafficRow } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { getPastEndpointId } from '../attempt/get-past-endpoint-id.ts'
import type { CoreContext } from '../context.ts'
import { countTraffic, type TrafficCount } from './traffic-count.ts'
import { type AskedTime, trafficWindow, type TrafficWindow } from './traffic-period.ts'

export interface TrafficPoint extends TrafficCount {
  readonly startsAt: Date
}

export interface Traffic {
  readonly window: TrafficWindow
  readonly total: TrafficCount
  /** The steps in which there was any, the oldest first. */
  readonly series: readonly TrafficPoint[]
}

type Context = Pick<CoreContext, 'db' | 'clock'>

/** What an application's attempts came to in a period, all or of one endpoint or event type. */
export async function getTraffic(
  ctx: Context,
  scope: AppScope,
  input: AskedTime & {
    readonly endpoint?: string | undefined
    readonly eventType?: string | undefined
  },
): Promise<Traffic> {
  const window = trafficWindow(input, ctx.clock.nowMs())
  const { kind, key } = await subjectOf(ctx, scope, input)
  const rows = await readTraffic(ctx.db.prisma, {
    appId: scope.appId,
    kind,
    keys: [key],
    span: window.seriesSpan,
    since: window.since,
    until: window.until,
  })
  return { window, total: countTraffic(rows), series: seriesOf(rows, window) }
}

async function subjectOf(
  ctx: Context,
  scope: AppScope,
  {
    endpoint,
    eventType,
  }: { readonly endpoint?: string | undefined; readonly eventType?: string | undefined },
): Promise<{ kind: TrafficKind; key: string }> {
  if (endpoint !== undefined) {
    return { kind: 'endpoint', key: await getPastEndpointId(ctx, scope, endpoint) }
  }
  return eventType === undefined
    ? { kind: 'application', key: '' }
    : { kind: 'event_type', key: eventType }
}

function seriesOf(rows: readonly TrafficRow[], window: TrafficWindow): TrafficPoint[] {
  const sinceMs = window.since.getTime()
  const stepOf = (row: TrafficRow): number =>
    Math.floor((row.startsAt.getTime() - sinceMs) / window.stepMs)
  return [...Map.groupBy(rows, stepOf)].map(([step, group]) => ({
    startsAt: new Date(sinceMs + step * window.stepMs),
    ...countTraffic(group),
  }))
}
