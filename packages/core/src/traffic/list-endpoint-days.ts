import { type NewestAttempt, readEndpointDays } from '@posthorn/db/endpoint-care'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import type { TrafficPoint } from './get-traffic.ts'
import { countTraffic, type TrafficCount } from './traffic-count.ts'
import { trafficWindow, type TrafficWindow } from './traffic-period.ts'

export const ENDPOINT_DAY_STEP_MS = 7_200_000

export interface EndpointDay {
  readonly endpointId: string
  readonly total: TrafficCount
  /** The steps in which there was any, the oldest first. */
  readonly series: readonly TrafficPoint[]
  readonly newest: NewestAttempt | null
}

/** The last day of some endpoints, in their order: those of a list's page. Who isn't the application's is left out. */
export async function listEndpointDays(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
  endpointIds: readonly string[],
): Promise<{ readonly window: TrafficWindow; readonly items: readonly EndpointDay[] }> {
  const window = trafficWindow({ period: '24h' }, ctx.clock.nowMs())
  const sinceMs = window.since.getTime()
  const asked = { endpointIds, since: window.since }
  const rows = await readEndpointDays(ctx.db.prisma, scope, asked)
  const items = rows.map(({ endpointId, hours, newest }) => {
    const dated = hours.map((hour) => ({ ...hour, key: '', startsAt: new Date(hour.startsAt) }))
    const steps = Map.groupBy(dated, ({ startsAt }) =>
      Math.floor((startsAt.getTime() - sinceMs) / ENDPOINT_DAY_STEP_MS),
    )
    const series = [...steps].map(([step, group]) => ({
      startsAt: new Date(sinceMs + step * ENDPOINT_DAY_STEP_MS),
      ...countTraffic(group),
    }))
    return { endpointId, total: countTraffic(dated), series, newest }
  })
  const order = new Map(endpointIds.map((id, at) => [id, at]))
  const place = ({ endpointId }: EndpointDay) => order.get(endpointId) ?? 0
  return { window, items: items.toSorted((a, b) => place(a) - place(b)) }
}
