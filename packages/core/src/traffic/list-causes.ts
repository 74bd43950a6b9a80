import { countFailureCauses, type FailureCauses } from '@posthorn/db/endpoint-care'
import { firstIdAt } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { getPastEndpointId } from '../attempt/get-past-endpoint-id.ts'
import type { CoreContext } from '../context.ts'
import { listTraffic } from './list-traffic.ts'
import { trafficWindow, type TrafficWindow } from './traffic-period.ts'

const ENDPOINTS_LOOKED_AT = 500
const ENDPOINTS_AT_MOST = 20
const ATTEMPTS_AT_MOST = 500

type Context = Pick<CoreContext, 'db' | 'clock'>

export interface Causes extends FailureCauses {
  readonly window: TrafficWindow
}

/**
 * What the attempts of the last day failed for. The rollups know no causes: it is counted among the newest attempts
 * of the endpoints that failed most, and says where these are not all.
 */
export async function listCauses(
  ctx: Context,
  scope: AppScope,
  input: { readonly endpoint?: string | undefined; readonly eventType?: string | undefined },
): Promise<Causes> {
  const window = trafficWindow({ period: '24h' }, ctx.clock.nowMs())
  const { endpointIds, isAll } = await failingEndpoints(ctx, scope, input.endpoint)
  const counted = await countFailureCauses(ctx.db.prisma, scope, {
    endpointIds,
    from: firstIdAt('atmpt_', window.since.getTime()),
    filter: input.eventType === undefined ? {} : { eventTypes: [input.eventType] },
    attemptsAtMost: ATTEMPTS_AT_MOST,
  })
  return { window, ...counted, isPart: counted.isPart || !isAll }
}

async function failingEndpoints(
  ctx: Context,
  scope: AppScope,
  endpoint: string | undefined,
): Promise<{ readonly endpointIds: readonly string[]; readonly isAll: boolean }> {
  if (endpoint !== undefined)
    return { endpointIds: [await getPastEndpointId(ctx, scope, endpoint)], isAll: true }
  const asked = { kind: 'endpoint', period: '24h', limit: ENDPOINTS_LOOKED_AT } as const
  const { items, done } = await listTraffic(ctx, scope, asked)
  const failing = items
    .filter(({ failed }) => failed > 0)
    .toSorted((one, other) => other.failed - one.failed)
  return {
    endpointIds: failing.slice(0, ENDPOINTS_AT_MOST).map(({ key }) => key),
    isAll: done && failing.length <= ENDPOINTS_AT_MOST,
  }
}
