import {
  findDisabledEndpoints,
  findEndpointLatencies,
  findFailingEndpoints,
  findLastOutcomes,
  findLimitedEndpoints,
  type LastOutcome,
  type TroubledEndpoint,
} from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import {
  type EndpointView,
  type EndpointViewContext,
  viewEndpoints,
} from '../endpoint/endpoint-view.ts'
import { addSlots, latencyOf } from '../traffic/latency.ts'

export interface BoardEndpoint extends EndpointView, Omit<TroubledEndpoint, 'id'> {
  /** What its last attempt came to; null: it had none. */
  readonly last: LastOutcome | null
  /** When it is disabled unless an attempt succeeds. */
  readonly disablesAt: Date | null
  /** Until what waits is sent at the limit's pace. */
  readonly drainSeconds: number | null
  readonly p95Ms: number | null
}

export interface HealthBoard {
  readonly failing: readonly BoardEndpoint[]
  readonly limited: readonly BoardEndpoint[]
  readonly slow: readonly BoardEndpoint[]
  readonly disabled: readonly BoardEndpoint[]
}

const SLOW_MS = 5_000
const LATENCIES_AT_MOST = 20_000

/** Endpoints in trouble, worst first in each kind. */
export async function readHealthBoard(
  ctx: EndpointViewContext,
  scope: OrgScope,
  limit: number,
): Promise<HealthBoard> {
  const { prisma } = ctx.db
  const slow = await findSlow(ctx, scope, limit)
  const latencies = new Map(slow.map((one) => [one.id, one.p95Ms]))
  const [failing, limited, disabled] = await Promise.all([
    findFailingEndpoints(prisma, scope, limit),
    findLimitedEndpoints(prisma, scope, limit),
    findDisabledEndpoints(prisma, scope, limit),
  ])
  const view = (rows: readonly TroubledEndpoint[]) => viewBoard(ctx, scope, { rows, latencies })
  return {
    failing: await view(failing),
    limited: await view(limited),
    slow: await view(slow),
    disabled: await view(disabled),
  }
}

interface SlowEndpoint extends TroubledEndpoint {
  readonly p95Ms: number
}

async function findSlow(
  ctx: EndpointViewContext,
  scope: OrgScope,
  limit: number,
): Promise<SlowEndpoint[]> {
  const rows = await findEndpointLatencies(ctx.db.prisma, scope, LATENCIES_AT_MOST)
  const slots = new Map<string, number[]>()
  for (const { endpointId, latency } of rows) {
    const sum = slots.get(endpointId) ?? []
    addSlots(sum, latency)
    slots.set(endpointId, sum)
  }
  return [...slots]
    .flatMap(([id, counts]) => {
      const p95Ms = latencyOf(counts)?.p95 ?? 0
      return p95Ms > SLOW_MS ? [{ id, p95Ms, ...UNKNOWN }] : []
    })
    .toSorted((a, b) => b.p95Ms - a.p95Ms)
    .slice(0, limit)
}

const UNKNOWN = { appName: '', appUid: null, failureCount: 0, rate: null }

/** Those of an outage as the board shows them, in the order given. */
export function viewTroubled(
  ctx: EndpointViewContext,
  scope: OrgScope,
  members: readonly Pick<TroubledEndpoint, 'id' | 'failureCount' | 'rate'>[],
): Promise<BoardEndpoint[]> {
  const rows = members.map((member) => ({ ...UNKNOWN, ...member }))
  return viewBoard(ctx, scope, { rows, latencies: new Map() })
}

interface BoardRows {
  readonly rows: readonly TroubledEndpoint[]
  readonly latencies: ReadonlyMap<string, number>
}

async function viewBoard(
  ctx: EndpointViewContext,
  { orgId, appIds }: OrgScope,
  { rows, latencies }: BoardRows,
): Promise<BoardEndpoint[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const endpoints = await ctx.db.prisma.endpoint.findMany({
    where: {
      orgId,
      id: { in: ids },
      deletedAt: null,
      ...(appIds === undefined ? {} : { appId: { in: [...appIds] } }),
    },
  })
  const applications = await ctx.db.prisma.application.findMany({
    where: { orgId, id: { in: endpoints.map((endpoint) => endpoint.appId) } },
    select: { id: true, name: true, uid: true },
  })
  const views = await viewEndpoints(ctx, endpoints)
  const outcomes = await findLastOutcomes(ctx.db.prisma, ids)
  const viewById = new Map(views.map((view) => [view.endpoint.id, view]))
  const appById = new Map(applications.map((application) => [application.id, application]))
  const lastById = new Map(outcomes.map((outcome) => [outcome.endpointId, outcome]))
  return rows.flatMap(({ id, failureCount, rate }) => {
    const view = viewById.get(id)
    const application = appById.get(view?.endpoint.appId ?? '')
    if (view === undefined || application === undefined) return []
    return {
      ...view,
      appName: application.name,
      appUid: application.uid,
      failureCount,
      rate,
      last: lastById.get(id) ?? null,
      disablesAt: disablesAt(ctx, view),
      drainSeconds: rate === null ? null : Math.ceil(view.state.waiting / rate),
      p95Ms: latencies.get(id) ?? null,
    }
  })
}

function disablesAt({ disableAfterSeconds }: EndpointViewContext, view: EndpointView): Date | null {
  const { failingSince } = view.state
  if (view.endpoint.disabled || failingSince === null || disableAfterSeconds === 0) return null
  return new Date(failingSince.getTime() + disableAfterSeconds * 1000)
}
