import { type EndpointRow, type EndpointVitals, readEndpointVitals } from '@posthorn/db'
import type { CoreContext } from '../context.ts'
import { decideEndpointHealth, type EndpointHealth } from './endpoint-health.ts'

export interface EndpointViewContext extends Pick<CoreContext, 'db'> {
  /** Of nothing but failure, until an endpoint is disabled: decides who is told that this comes soon. */
  readonly disableAfterSeconds: number
}

export interface EndpointContext extends CoreContext, EndpointViewContext {}

/** An endpoint with what we do about it at the moment. */
export interface EndpointView {
  readonly endpoint: EndpointRow
  readonly state: EndpointState
}

export interface EndpointState {
  readonly health: EndpointHealth
  readonly failingSince: Date | null
  readonly breakerOpenedAt: Date | null
  readonly heldUntil: Date | null
  readonly waiting: number
  readonly waitingCapped: boolean
}

const COUNT_ONE_AT_MOST = 10_000
/** A page of 250 endpoints looks at a quarter of a million index entries at worst. */
const COUNT_EACH_AT_MOST = 1_000

export async function viewEndpoint(
  ctx: EndpointViewContext,
  endpoint: EndpointRow,
): Promise<EndpointView> {
  const views = toViews(ctx, await readStates(ctx, [endpoint], COUNT_ONE_AT_MOST))
  return views(endpoint)
}

export async function viewEndpoints(
  ctx: EndpointViewContext,
  endpoints: readonly EndpointRow[],
): Promise<EndpointView[]> {
  if (endpoints.length === 0) return []
  return endpoints.map(toViews(ctx, await readStates(ctx, endpoints, COUNT_EACH_AT_MOST)))
}

async function readStates(
  ctx: Pick<CoreContext, 'db'>,
  endpoints: readonly EndpointRow[],
  countAtMost: number,
): Promise<Map<string, EndpointVitals & { countAtMost: number }>> {
  const endpointIds = endpoints.map((endpoint) => endpoint.id)
  const vitals = await readEndpointVitals(ctx.db.prisma, { endpointIds, countAtMost })
  return new Map(vitals.map((one) => [one.endpointId, { ...one, countAtMost }]))
}

function toViews(
  { disableAfterSeconds }: EndpointViewContext,
  states: ReadonlyMap<string, EndpointVitals & { countAtMost: number }>,
): (endpoint: EndpointRow) => EndpointView {
  return (endpoint) => {
    const vitals = states.get(endpoint.id)
    if (vitals === undefined) throw new Error(`No vitals of ${endpoint.id}.`)
    const health = decideEndpointHealth(endpoint, vitals, disableAfterSeconds)
    return { endpoint, state: { health, ...shownVitals(vitals) } }
  }
}

function shownVitals(
  vitals: EndpointVitals & { countAtMost: number },
): Omit<EndpointState, 'health'> {
  return {
    failingSince: vitals.failingSince,
    breakerOpenedAt: vitals.breakerOpenedAt,
    heldUntil: vitals.heldUntil,
    waiting: Math.min(vitals.waiting, vitals.countAtMost),
    waitingCapped: vitals.waiting > vitals.countAtMost,
  }
}
