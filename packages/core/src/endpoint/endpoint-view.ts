import { type EndpointRow, type EndpointVitals, readEndpointVitals } from '@posthorn/db'
import { firstIdAt } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'
import {
  DAY_SUCCESS_SHARE,
  decideDisablesAt,
  decideEndpointHealth,
  type EndpointHealth,
} from './endpoint-health.ts'

export interface EndpointViewContext extends Pick<CoreContext, 'db' | 'clock'> {
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
  /** While the breaker is open; null: the next that comes. */
  readonly nextProbeAt: Date | null
  /** When it is disabled, should nothing succeed until then; null: that isn't near. */
  readonly disablesAt: Date | null
  readonly waiting: number
  readonly waitingCapped: boolean
}

const COUNT_ONE_AT_MOST = 10_000
/** A page of 250 endpoints looks at a quarter of a million index entries at worst. */
const COUNT_EACH_AT_MOST = 1_000
/** The newest deliveries of a day that tell how an endpoint is, where its attempts leave it in doubt. */
const JUDGE_AT_MOST = 500
const DAY_MS = 86_400_000

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
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  endpoints: readonly EndpointRow[],
  countAtMost: number,
): Promise<Map<string, EndpointVitals & { countAtMost: number }>> {
  const endpointIds = endpoints.map((endpoint) => endpoint.id)
  const fromMessageId = firstIdAt('msg_', ctx.clock.nowMs() - DAY_MS)
  const judged = { atMost: JUDGE_AT_MOST, fromMessageId, belowShare: DAY_SUCCESS_SHARE }
  const vitals = await readEndpointVitals(ctx.db.prisma, { endpointIds, countAtMost, judged })
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
    const disablesAt = endpoint.disabled ? null : decideDisablesAt(vitals, disableAfterSeconds)
    return { endpoint, state: { health, disablesAt, ...shownVitals(vitals) } }
  }
}

function shownVitals(
  vitals: EndpointVitals & { countAtMost: number },
): Omit<EndpointState, 'health' | 'disablesAt'> {
  return {
    failingSince: vitals.failingSince,
    breakerOpenedAt: vitals.breakerOpenedAt,
    heldUntil: vitals.heldUntil,
    nextProbeAt: vitals.breakerOpenedAt === null ? null : vitals.nextTurnAt,
    waiting: Math.min(vitals.waiting, vitals.countAtMost),
    waitingCapped: vitals.waiting > vitals.countAtMost,
  }
}
