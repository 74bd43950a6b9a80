import {
  EnableManyIn,
  EnableManyOut,
  HealthBoardQuery,
  OutageEndpointList,
  OutageEndpointQuery,
  OutageList,
  OverviewOut,
  PastOutageList,
  type PastOutageOut,
  PastOutageQuery,
  ProbeManyIn,
  ProbeManyOut,
} from '@posthorn/contracts'
import {
  enableMany,
  listOutageEndpoints,
  listOutages,
  listPastOutages,
  type Outage,
  type Overview,
  type PastOutage,
  probeMany,
  readOverview,
} from '@posthorn/core/support'
import { accepted, endpointRoute, ok } from './endpoint-route.ts'
import { presentPage } from './page-presenter.ts'
import { lagSeconds, presentBoardEndpoint, textOf } from './support-presenter.ts'

const PATH = '/api/v1/support'
const ORGANISATION = { of: 'organisation', keepsToLimit: true } as const
const tags = ['Support']

const overview = endpointRoute({
  method: 'get',
  path: `${PATH}/overview`,
  operationId: 'v1.support.overview',
  summary: 'How much comes and goes, how late, and what is wrong',
  tags,
  access: { of: 'organisation' },
  response: { 200: OverviewOut },
  handle: async (ctx, { scope }) => ok(presentOverview(await readOverview(ctx, scope))),
})

const outages = endpointRoute({
  method: 'get',
  path: `${PATH}/outage`,
  operationId: 'v1.support.list-outages',
  summary: 'Which host fails for how many customers, and why',
  tags,
  access: ORGANISATION,
  query: HealthBoardQuery,
  response: { 200: OutageList },
  handle: async (ctx, { scope, query }) =>
    ok(presentOutages(await listOutages(ctx, scope, query.limit))),
})

const pastOutages = endpointRoute({
  method: 'get',
  path: `${PATH}/outage/past`,
  operationId: 'v1.support.list-past-outages',
  summary: 'Which hosts failed and no longer do, the newest first',
  tags,
  access: ORGANISATION,
  query: PastOutageQuery,
  response: { 200: PastOutageList },
  handle: async (ctx, { scope, query }) =>
    ok(presentPage(await listPastOutages(ctx, scope, query), presentPastOutage)),
})

const outageEndpoints = endpointRoute({
  method: 'get',
  path: `${PATH}/outage/endpoint`,
  operationId: 'v1.support.list-outage-endpoints',
  summary: 'The endpoints of a host that fail, or were disabled for it',
  tags,
  access: ORGANISATION,
  query: OutageEndpointQuery,
  response: { 200: OutageEndpointList },
  handle: async (ctx, { scope, query }) => {
    const { items, isPart } = await listOutageEndpoints(ctx, scope, query)
    return ok({ data: items.map(presentBoardEndpoint), done: !isPart })
  },
})

const enable = endpointRoute({
  method: 'post',
  path: `${PATH}/enable`,
  operationId: 'v1.support.enable',
  summary: 'Enable many endpoints again',
  tags,
  access: ORGANISATION,
  body: EnableManyIn,
  response: { 200: EnableManyOut },
  handle: async (ctx, { scope, body: { host, endpointIds = [] } }) =>
    ok(await enableMany(ctx, scope, host === undefined ? { endpointIds } : { host })),
})

const probe = endpointRoute({
  method: 'post',
  path: `${PATH}/probe`,
  operationId: 'v1.support.probe',
  summary: 'Make the next probes of many endpoints now',
  tags,
  access: ORGANISATION,
  body: ProbeManyIn,
  response: { 202: ProbeManyOut },
  handle: async (ctx, { scope, body }) =>
    accepted({ data: await probeMany(ctx, scope, body.endpointIds) }),
})

function presentOverview(read: Overview): OverviewOut {
  const { asOf, oldestDueAt, rescued, ...counts } = read
  return {
    asOf: asOf.toISOString(),
    oldestDueAt: textOf(oldestDueAt),
    lagSeconds: lagSeconds(read),
    rescued: { ...rescued, lastAt: textOf(rescued.lastAt) },
    ...counts,
  }
}

function presentOutages(found: readonly Outage[]): OutageList {
  return {
    data: found.map(({ failingSince, causes, ...counts }) => ({
      ...counts,
      failingSince: failingSince.toISOString(),
      causes: causes.map((cause) => ({
        ...cause,
        failingSince: cause.failingSince.toISOString(),
      })),
    })),
  }
}

function presentPastOutage({ causes, ...past }: PastOutage): PastOutageOut {
  return {
    id: past.id,
    host: past.host,
    beganAt: past.beganAt.toISOString(),
    endedAt: past.endedAt.toISOString(),
    endpoints: past.endpoints,
    applications: past.applications,
    causes: causes.map(({ code, endpoints, applications }) => ({ code, endpoints, applications })),
  }
}

export const supportHealthRoutes = [
  overview,
  outages,
  pastOutages,
  outageEndpoints,
  enable,
  probe,
] as const
